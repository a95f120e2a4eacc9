// Custom attributes that change what a type is, found by the attribute type's name (§II.22.10). Nothing is
// loaded. What it is not: reflection; arguments are not decoded, save the one number of InlineArray.
#pragma once

#include "metadata/image.h"

namespace leanclr::types {

class Assembly;
struct Method;

/// The CustomAttribute row on `parent` whose type has this name, or 0.
Result<metadata::RowNumber> find_attribute(const metadata::Image& image, metadata::Token parent,
                                           std::string_view name_space, std::string_view name);
/// Whether a method is a C function to those who ask for its pointer: static, with [UnmanagedCallersOnly], outside of
/// CoreLib, which hands its own to natives that want methods.
Result<bool> is_unmanaged_function(const Method& method, const Assembly& corelib);
/// The first constructor argument of an attribute, an int.
Result<int32_t> attribute_int(const metadata::Image& image, metadata::RowNumber attribute);

}  // namespace leanclr::types
