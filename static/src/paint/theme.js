/**
 * The colours and faces of css/tokens.css that the drawing uses, for painters without a style sheet. A test compares.
 */

/** @typedef {typeof THEMES.light} Theme */

export const THEMES = {
  light: {
    paper: "#fbfaf6",
    surface: "#ffffff",
    well: "#f4f2eb",
    ink: "#1c1e22",
    "ink-2": "#50535a",
    line: "#e2dfd6",
    "line-2": "#c9c5b9",
    edge: "#8f8d86",
    pos: "#2f7fcb",
    "pos-ink": "#134f8b",
    neg: "#d9741c",
    "neg-deep": "#a9500b",
    "neg-ink": "#8f4206",
    "neg-tint": "#fce8d6",
    mark: "#ffe88f",
    "mark-ink": "#4a3a00",
  },
  dark: {
    paper: "#15171b",
    surface: "#1d2025",
    well: "#25292f",
    ink: "#edebe4",
    "ink-2": "#b9b8b2",
    line: "#31353c",
    "line-2": "#484d56",
    edge: "#7b7e84",
    pos: "#5ba6ec",
    "pos-ink": "#9bcbf7",
    neg: "#e98a36",
    "neg-deep": "#f3a45e",
    "neg-ink": "#f6b57a",
    "neg-tint": "#43290f",
    mark: "#5a4b12",
    "mark-ink": "#ffeba3",
  },
};

export const FACES = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  maths: '"STIX Two Text", Cambria, "Latin Modern Roman", "Times New Roman", serif',
};
