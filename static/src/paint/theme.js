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
    "texture-0": "#efece4",
    "texture-pos-1": "#d3e4f6",
    "texture-pos-2": "#8dbde8",
    "texture-pos-3": "#2f7fcb",
    "texture-pos-4": "#155a9c",
    "texture-neg-1": "#fbe3cd",
    "texture-neg-2": "#f0b27a",
    "texture-neg-3": "#d9741c",
    "texture-neg-4": "#a9500b",
    "ink-3": "#696c73",
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
    "texture-0": "#25292f",
    "texture-pos-1": "#19324c",
    "texture-pos-2": "#356ea3",
    "texture-pos-3": "#5ba6ec",
    "texture-pos-4": "#86c0f6",
    "texture-neg-1": "#43290f",
    "texture-neg-2": "#9c5e22",
    "texture-neg-3": "#e98a36",
    "texture-neg-4": "#f3a45e",
    "ink-3": "#9a9a96",
  },
};

export const FACES = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  maths: '"STIX Two Text", Cambria, "Latin Modern Roman", "Times New Roman", serif',
};
