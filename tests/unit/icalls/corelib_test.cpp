// Every internal call of CoreLib with its state, every replaced body, and the tables themselves.
#include <vector>

#include "icalls/icalls.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "abi/bind.h"
#include "icalls/native_class.h"
#include "unit/types/world.h"

namespace leanclr::test {
namespace {

using types::Method;
using types::Type;

/// Internal calls that no program has needed yet: emitting code, tracing, hot reload, varargs, the host's
/// locale. A number that grows by itself means that the class library asks for something new;
/// LEANCLR_LIST_INTERNAL_CALLS=1 lists them.
constexpr int kMissingInternalCalls = 50;

/// Calls visit(type) for each type of CoreLib that links.
template <typename Visit>
void for_each_type(World& world, Visit visit) {
  uint32_t rows = world.corelib().image().row_count(metadata::Table::TypeDef);
  for (uint32_t row = 1; row <= rows; ++row) {
    auto resolved = world.types().resolve_type(world.corelib(), metadata::Token(metadata::Table::TypeDef, row), {});
    Type* type = value_or<Type*>(resolved, nullptr);
    if (type && succeeded(world.types().ensure(*type, types::TypeState::Linked))) visit(*type);
  }
}

/// "bound", "missing", or "mismatch" with both signatures.
std::string state_of(types::TypeSystem& types, Method& method) {
  Result<const abi::NativeEntry*> entry = icalls::find_internal_call(types, method);
  if (entry.ok()) return "bound";
  Error error = entry.take_error();
  if (error.message().find(" is not there") != std::string_view::npos) return "missing";
  return "mismatch: " + std::string(error.message());
}

/// The letters of a signature need the sizes of its value types.
bool size_signature(types::TypeSystem& types, Method& method) {
  Result<const types::MethodSignature*> signature = types.signature_of(method);
  if (!signature.ok()) return succeeded(signature);
  std::vector<Type*> mentioned(signature.value()->parameters.begin(), signature.value()->parameters.end());
  mentioned.push_back(signature.value()->return_type);
  for (Type* type : mentioned)
    if (!type->is_pointer_like() && !succeeded(types.ensure(*type, types::TypeState::Sized))) return false;
  return true;
}

}  // namespace

TEST(every_internal_call_of_corelib_is_bound_or_known_to_be_missing) {
  auto world = REQUIRE_WORLD();
  int bound = 0, missing = 0;
  for_each_type(*world, [&](Type& type) {
    for (Method& method : type.methods) {
      bool string_constructor = &type == world->types().known().string && method.is_constructor();
      if (!method.is_internal_call() || string_constructor) continue;  // those are served by String.Ctor
      std::string state = state_of(world->types(), method);
      if (state == "bound") ++bound;
      else if (state == "missing") ++missing;
      else test::fail(report_, __FILE__, __LINE__, state);
      if (state == "missing" && std::getenv("LEANCLR_LIST_INTERNAL_CALLS"))
        std::printf("missing: %s\n", world->types().full_name(method).c_str());
    }
  });
  EXPECT_EQ(missing, kMissingInternalCalls);
  EXPECT(bound > 200);
}

TEST(every_replaced_body_has_a_native_that_fits) {
  auto world = REQUIRE_WORLD();
  size_t found = 0;
  for_each_type(*world, [&](Type& type) {
    for (Method& method : type.methods) {
      if (!icalls::is_replaced(world->types(), method)) continue;
      ++found;
      EXPECT(method.rva != 0);  // an extern method needs no replacement
      EXPECT_EQ(state_of(world->types(), method), "bound");
    }
  });
  size_t rows = 0;
  for (const icalls::Replacement& row : icalls::replacements()) rows += row.assembly == "System.Private.CoreLib";
  EXPECT_EQ(found, rows);
}

TEST(what_is_missing_is_named_in_full) {
  auto world = REQUIRE_WORLD();
  Type* type = world->corelib_type("System", "ArgIterator");
  REQUIRE(type);
  Method* method = world->types().find_method(*type, "Setup");
  REQUIRE(method);
  Result<const abi::NativeEntry*> entry = icalls::find_internal_call(world->types(), *method);
  REQUIRE(!entry.ok());
  Error error = entry.take_error();
  EXPECT(error.kind() == ErrorKind::MissingInternalCall);
  EXPECT_EQ(std::string(error.message()),
            "internal call System.ArgIterator::Setup(System.IntPtr,System.IntPtr) is not there");
}

TEST(rows_of_one_class_differ_in_name_or_letters) {
#define NATIVE_CLASS(table) &icalls::table,
  const icalls::NativeClass* classes[] = {
#include "icalls/classes.def"
  };
#undef NATIVE_CLASS
  for (const icalls::NativeClass* native_class : classes) {
    EXPECT(!native_class->rows.empty());
    for (const abi::NativeEntry& row : native_class->rows) {
      auto same = [&](const abi::NativeEntry& other) {
        return row.name == other.name && row.letters == other.letters;  // the same text is the same array
      };
      EXPECT_EQ(std::count_if(native_class->rows.begin(), native_class->rows.end(), same), 1);
    }
  }
}

TEST(system_native_has_each_entry_point_once) {
  auto entries = icalls::system_native();
  for (const abi::NativeEntry& entry : entries) {
    EXPECT_EQ(std::string(entry.name.substr(0, 13)), "SystemNative_");
    auto same = [&](const abi::NativeEntry& other) { return entry.name == other.name; };
    EXPECT_EQ(std::count_if(entries.begin(), entries.end(), same), 1);
  }
}

TEST(every_system_native_function_fits_corelibs_import) {
  auto world = REQUIRE_WORLD();
  auto entries = icalls::system_native();
  int checked = 0;
  for_each_type(*world, [&](Type& type) {
    for (Method& method : type.methods) {
      if (!method.is_pinvoke()) continue;
      const metadata::Image& image = world->corelib().image();
      auto rows = image.rows_with_key<metadata::Table::ImplMap>(
          metadata::Token(metadata::Table::MethodDef, method.row).value);
      if (rows.empty()) continue;
      auto row = REQUIRE_OK(image.row<metadata::Table::ImplMap>(rows.begin));
      std::string_view name = REQUIRE_OK(image.string(row.import_name));
      auto entry =
          std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.name == name; });
      if (entry == entries.end()) continue;
      REQUIRE(size_signature(world->types(), method));
      ++checked;
      if (!abi::letters_agree(entry->letters, abi::letters_of(method).view()))
        test::fail(report_, __FILE__, __LINE__,
                   std::string(name) + ": " + std::string(entry->letters) + " against " +
                       std::string(abi::letters_of(method).view()));
    }
  });
  EXPECT(checked > 40);
}

}  // namespace leanclr::test
