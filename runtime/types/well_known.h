// WellKnownTypes: pointers to the CoreLib types of well_known.def, filled by TypeSystem::bind_corelib.
#pragma once

namespace leanclr::types {

struct Type;

struct WellKnownTypes {
#define WELL_KNOWN(field, name_space, name) Type* field = nullptr;
#include "types/well_known.def"
#undef WELL_KNOWN
};

}  // namespace leanclr::types
