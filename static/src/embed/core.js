/** What every embed starts from. tools/bundle.py lets every file of one import it, which makes it one chunk. */

import "./player.js";
