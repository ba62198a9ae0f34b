"""One file per step, in order. A step that was released is never changed."""
