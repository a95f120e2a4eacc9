// Decoding custom attributes (§II.23.3): the arguments as objects. Private to icalls/.
#pragma once

#include "interp/thread.h"

namespace leanclr::icalls {

/// Reads one attribute's blob. The reader borrows the image's bytes.
class AttributeReader {
 public:
  /// `assembly` is the one whose row holds the attribute: it resolves type names in the blob.
  AttributeReader(interp::Thread& thread, types::Assembly& assembly, Reader reader)
      : thread_(thread), assembly_(assembly), reader_(reader) {}

  /// The prolog. Errors: BadImage.
  Status begin();
  /// A fixed argument of a parameter's type: boxed, a string, a RuntimeType, a vector, or null. Never
  /// collects.
  Result<gc::Object*> fixed(types::Type& type);
  /// The number of named arguments; to be called after the fixed ones.
  Result<uint32_t> named_count();

  struct Named {
    bool is_field = false;
    std::string_view name;
    types::Type* type = nullptr;
    gc::Object* value = nullptr;
  };
  Result<Named> named();

 private:
  Result<gc::Object*> primitive(types::Type& type);
  Result<gc::Object*> string();
  Result<gc::Object*> type_object();
  Result<gc::Object*> vector(types::Type& element);
  Result<types::Type*> field_or_prop_type();
  Result<types::Type*> named_type(std::string_view name);
  /// False for null.
  Result<bool> ser_string(std::string_view& text);

  interp::Thread& thread_;
  types::Assembly& assembly_;
  Reader reader_;
  int depth_ = 0;
};

}  // namespace leanclr::icalls
