//! The disk: texts, keymap, session. The only module that touches it.
