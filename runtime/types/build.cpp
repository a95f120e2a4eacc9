// The state machine of TypeSystem::ensure: steps, cycles, depth, kept errors.
#include "types/errors.h"
#include "types/type_builder.h"

namespace leanclr::types {

class TypeBuilder::DepthGuard {
 public:
  explicit DepthGuard(uint32_t& depth) : depth_(depth) { ++depth_; }
  ~DepthGuard() { --depth_; }
  bool too_deep() const { return depth_ > kMaxBuildDepth; }

 private:
  uint32_t& depth_;
};

Failure TypeBuilder::load_error(const Type& type, const char* what) const {
  return type_load(types_, type, what);
}

Error TypeBuilder::fail(Type& type, Error error) {
  if (error.kind() == ErrorKind::OutOfMemory) return error;
  if (type.assembly) error = std::move(error).at({type.assembly->file_name()});
  type.state = TypeState::Failed;
  interned_.errors.emplace_back(&type, error.clone());
  return error;
}

Status TypeBuilder::step(Type& type, TypeState to) {
  switch (to) {
    case TypeState::Linked: return link(type);
    case TypeState::Sized: return size(type);
    default: return complete(type);
  }
}

Status TypeBuilder::advance(Type& type, TypeState state) {
  while (type.state < state) {
    auto next = static_cast<TypeState>(static_cast<uint8_t>(type.state) + 1);
    uint8_t mark = static_cast<uint8_t>(1u << static_cast<uint8_t>(next));
    if (type.building & mark) {
      if (next == TypeState::Complete) return {};
      return load_error(type, next == TypeState::Linked ? "derives from itself" : "contains itself");
    }
    DepthGuard guard(interned_.build_depth);
    if (guard.too_deep()) return load_error(type, "nests too deeply");
    type.building |= mark;
    Status status = step(type, next);
    type.building &= static_cast<uint8_t>(~mark);
    if (status.ok() && arena_.exhausted()) status = ErrorKind::OutOfMemory;
    if (!status.ok()) return fail(type, status.take_error());
    if (type.state < next) type.state = next;
  }
  if (type.state == TypeState::Failed) {
    for (const auto& [failed, error] : interned_.errors)
      if (failed == &type) return error.clone();
    CHECK(!"a failed type without its error");
  }
  return {};
}

Status TypeSystem::ensure(Type& type, TypeState state) {
  if (type.state >= state && type.state != TypeState::Failed) return {};
  return TypeBuilder(*this).advance(type, state);
}

}  // namespace leanclr::types
