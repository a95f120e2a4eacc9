// Constants of fields, parameters and properties (§II.22.9). Private to icalls/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

/// The Constant of `parent` as an object, boxed as its own primitive type or as `type` when that is an enum;
/// null for a null reference. `found` tells whether there is a row at all. Never collects.
Result<gc::Object*> constant_object(interp::Thread& thread, const metadata::Image& image,
                                    metadata::Token parent, types::Type* type, bool& found);
/// The Constant's bits, sign-extended; no row is BadImage.
Result<uint64_t> constant_bits(const metadata::Image& image, metadata::Token parent);

}  // namespace leanclr::icalls
