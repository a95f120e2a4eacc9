// The cache of reflection objects, by member and reflected type. Private to icalls/.
#pragma once

#include "icalls/state.h"
#include "interp/thread.h"

namespace leanclr::icalls {

/// Null when nobody holds it any more.
gc::Object* find_member(interp::Thread& thread, const MemberKey& key);
/// Keeps it weakly and answers it.
Result<gc::Object*> remember_member(interp::Thread& thread, const MemberKey& key, gc::Object* object);

}  // namespace leanclr::icalls
