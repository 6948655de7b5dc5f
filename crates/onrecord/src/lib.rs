//! The onrecord engine.
