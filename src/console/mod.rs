//! The terminal: the loop, the action table, widgets, panes and the editor.
