"""Every code an error can have: the whole list, printed in `docs/api.md`.

A test compares it with the codes that the engine and the app raise.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One kind of problem: HTTP status, title, and when it happens."""

    status: int
    title: str
    meaning: str


REQUEST = {
    "malformed_json": Code(
        400, "Malformed JSON", "The body is not JSON. A bare `NaN` or `Infinity` is not JSON."
    ),
    "not_found": Code(404, "Not found", "There is nothing at this address."),
    "unknown_format": Code(404, "Unknown format", "There is no export of that name; the hint lists them."),
    "method_not_allowed": Code(
        405, "Method not allowed", "The address does not know this method; see `Allow`."
    ),
    "body_timeout": Code(408, "Body too slow", "The body did not arrive in time."),
    "body_too_large": Code(413, "Body too large", "The body is longer than the limit."),
    "url_too_long": Code(414, "Address too long", "Path and query together are longer than the limit."),
    "unsupported_media_type": Code(
        415, "Not JSON", "The body must be `application/json`, UTF-8, uncompressed."
    ),
    "too_many_requests": Code(
        429, "Too much at once", "An address asked for more work in a minute than one may; see `Retry-After`."
    ),
    "headers_too_large": Code(431, "Headers too large", "The request headers are longer than the limit."),
    "missing_field": Code(422, "Missing field", "A required field is absent."),
    "unknown_field": Code(422, "Unknown field", "A field that the contract does not have."),
    "wrong_type": Code(
        422, "Wrong type", "Not the contract's type. Booleans and numerals in quotes are not numbers."
    ),
    "invalid_value": Code(422, "Invalid value", "The right type, but outside the range or in contradiction."),
    "too_much_to_check": Code(
        422, "Too much to check", "The graph has more nodes than a gradient check may have."
    ),
}

PROGRAM = {
    "empty_program": Code(422, "Empty program", "There is no statement in the text."),
    "program_too_long": Code(422, "Program too long", "The text is longer than the limit."),
    "name_too_long": Code(422, "Name too long", "A name or a label is longer than the limit."),
    "number_too_long": Code(422, "Number too long", "A number's literal is longer than the limit."),
    "too_deep": Code(
        422, "Nested too deep", "Brackets, signs, powers or `for` are nested deeper than the limit."
    ),
    "too_many_nodes": Code(422, "Too many nodes", "The graph would be larger than the limit."),
    "too_many_parameters": Code(422, "Too many parameters", "More weights and biases than the limit."),
    "too_many_steps": Code(422, "Too many steps", "The program runs longer than the limit."),
    "bad_character": Code(422, "Bad character", "A character that the language does not have."),
    "bad_name": Code(422, "Bad name", "A name that starts with two underscores."),
    "bad_number": Code(422, "Bad number", "Digits that are no number."),
    "unbalanced": Code(
        422, "Unbalanced bracket", "A bracket that closes nothing, or another kind of bracket."
    ),
    "unfinished": Code(
        422, "Unfinished", "The text ends before the expression, the bracket or the quote does."
    ),
    "unexpected": Code(422, "Unexpected", "Something that cannot stand where it does."),
    "not_supported": Code(
        422, "Not part of the language", "Python that this subset leaves out; the detail names it."
    ),
    "bad_assignment": Code(422, "Bad assignment", "Something that cannot be assigned to."),
    "reserved_name": Code(422, "Reserved name", "The name of a function is assigned to."),
    "unknown_name": Code(422, "Unknown name", "A name without a value; the hint has the nearest one."),
    "unknown_function": Code(
        422, "Unknown function", "A function or method that the language does not have."
    ),
    "function_without_call": Code(
        422, "Function without call", "A function's name without brackets after it."
    ),
    "not_callable": Code(422, "Not callable", "A call of something that is no function and no network."),
    "wrong_arguments": Code(422, "Wrong arguments", "Too many or too few arguments, or of the wrong kind."),
    "wrong_count": Code(422, "Wrong count", "A list whose length does not fit its use."),
    "bad_index": Code(422, "Bad index", "An index outside the list, or a step of 0."),
    "empty_list": Code(422, "Empty list", "A function of many numbers got none."),
    "not_a_number": Code(422, "Not a number", "Something else where a number is needed."),
    "not_a_list": Code(422, "Not a list", "Something else where a list is needed."),
    "not_a_literal": Code(422, "Not a literal", "A value was computed where a number must be written."),
    "not_whole": Code(422, "Not a whole number", "A size or an index that is not written as a whole number."),
    "no_output": Code(422, "No output", "The program does not end in one number."),
    "bad_backward": Code(422, "Bad backward", "`.backward()` before the end, twice, or not on a number."),
    "unknown_value": Code(422, "Unknown value", "A key of `values` that names no leaf of the program."),
}

NETWORK = {
    "bad_size": Code(
        422, "Bad size", "A layer's size that is not a whole number of at least 1, or no layer."
    ),
    "bad_seed": Code(422, "Bad seed", "A seed that is not a whole number from 0 to 2**53 - 1."),
    "unknown_initialisation": Code(
        422, "Unknown initialisation", "No initialisation of that name; the detail lists them."
    ),
    "unknown_activation": Code(
        422, "Unknown activation", "No activation of that name; the detail lists them."
    ),
    "unknown_loss": Code(422, "Unknown loss", "No loss of that name; the detail lists them."),
    "loss_mismatch": Code(422, "Loss does not fit", "The loss and the number of outputs do not go together."),
    "no_examples": Code(422, "No examples", "`inputs` is empty."),
    "missing_targets": Code(422, "Missing targets", "Several examples or outputs, and no targets."),
    "wrong_width": Code(422, "Wrong width", "A row, or a list, with too many or too few numbers."),
    "bad_target": Code(422, "Bad target", "A target that the loss cannot use."),
} | {code: PROGRAM[code] for code in ("too_many_nodes", "too_many_parameters", "not_a_number", "not_a_list")}

PICTURES = {
    "unknown_example": Code(404, "Unknown example", "There is no example of that name; the hint lists them."),
    "no_picture": Code(404, "No picture", "The link is of a page that has no picture."),
    "too_large_to_draw": Code(422, "Too large to draw", "The graph has more nodes than the server draws."),
    "pictures_missing": Code(
        501,
        "No pictures here",
        "This installation is without the extra `pictures`; the hint says how to add it.",
    ),
}

LINKS = {
    "unknown_link": Code(404, "No such link", "No link of that name is stored; it may have been deleted."),
    "storage_unreachable": Code(
        503, "Storage out of reach", "The stored links cannot be read at the moment."
    ),
    "storage_full": Code(
        507,
        "Storage full",
        "The link could not be stored: the disk is full or cannot be written. Reading goes on.",
    ),
}

TRAINING = {
    "not_finite": Code(422, "Not finite", "NaN or Infinity in what is to be learned from, or started from."),
    "bad_steps": Code(422, "Bad steps", "Not a whole number of at least 1."),
    "bad_rate": Code(422, "Bad rate", "A learning rate that is not above 0, or infinite."),
    "bad_batch": Code(422, "Bad batch", "Not a whole number of at least 1, or more than there are examples."),
    "unknown_optimizer": Code(422, "Unknown optimizer", "No optimizer of that name; the detail lists them."),
    "unknown_schedule": Code(422, "Unknown schedule", "No schedule of that name; the detail lists them."),
    "unknown_setting": Code(
        422, "Unknown setting", "The optimizer and the schedule have no such number; the hint lists them."
    ),
    "bad_setting": Code(422, "Bad setting", "A setting that is negative or infinite."),
    "unknown_dataset": Code(422, "Unknown data set", "No data set of that name; the detail lists them."),
    "bad_count": Code(422, "Bad count", "A data set of fewer than 2 examples, or of more than the limit."),
    "bad_noise": Code(422, "Bad noise", "Noise that is negative or infinite."),
    "too_much_training": Code(422, "Too much training", "More steps, or nodes times steps, than the limit."),
    "answer_too_large": Code(
        422, "Answer too large", "More numbers in one JSON answer than the limit; a stream has none."
    ),
}

SERVER = {
    "format_not_offered": Code(501, "Format not offered", "oEmbed is answered as JSON and not as XML."),
    "busy": Code(
        503, "Busy", "As many training runs, or waiting pictures, as the limit allows; see `Retry-After`."
    ),
    "stopping": Code(
        503, "Stopping", "The server stops; the same request gives the same run elsewhere or later."
    ),
    "not_ready": Code(503, "Not ready", "Something that the server needs is not there; the detail names it."),
    "internal_error": Code(500, "A bug of ours", "The server failed; the request may be fine."),
    "not_built": Code(
        503, "Page not built", "The pages' scripts and styles are missing from this installation."
    ),
}

KINDS = {
    "The request": REQUEST,
    "The program": PROGRAM,
    "The network": NETWORK,
    "Training": TRAINING,
    "Stored links": LINKS,
    "Pictures": PICTURES,
    "The server": SERVER,
}

CODES: dict[str, Code] = {name: code for kind in KINDS.values() for name, code in kind.items()}
"""Code to kind; some codes are the program's and the network's alike."""
