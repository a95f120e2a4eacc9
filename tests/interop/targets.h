// The C functions of tests/interop as targets of `extern` methods.
#pragma once

/// Registers them with the current runtime.
void register_interop_targets();
