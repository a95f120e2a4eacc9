// The C interface to types, objects and delegates: what a host reads and writes values of any type by.
#include <cstring>
#include <string>

#include "base/ref.h"
#include "public/leanclr.h"
#include "unit/ir/program.h"

namespace leanclr::test {
namespace {

/// A started runtime over the class library whose host doubles what it is called with, or throws.
class Host {
 public:
  explicit Host(World& world, uint32_t flags = 0) : world_(world) {
    leanclr_options options = {};
    options.size = sizeof options;
    options.flags = flags;
    options.host.context = this;
    options.host.resolve_assembly = [](void* self, const char* name, const char*) { return static_cast<Host*>(self)->resolve(name); };
    options.host.call = [](void* self, uint32_t id, const char* signature, const leanclr_slot* args, leanclr_slot* ret) {
      return static_cast<Host*>(self)->call(id, signature, args, ret);
    };
    CHECK(leanclr_create(&options, &runtime) == LEANCLR_OK);
    CHECK(resolve("System.Private.CoreLib") && leanclr_start(runtime) == LEANCLR_OK);
    block = static_cast<uint32_t*>(leanclr_alloc(runtime, 64));
    block[0] = 0;
    keep(0);
    leanclr_set_host_roots(runtime, address_of(block));
  }
  ~Host() { leanclr_destroy(runtime); }

  leanclr_type* type(const char* name) {
    leanclr_type* found = leanclr_find_type(runtime, name);
    CHECK(found);
    return found;
  }
  std::string shape(const char* name) { return leanclr_type_shape(runtime, type(name)); }
  /// The roots are these many words.
  void keep(uint32_t words) { block[1] = address_of(block + 2 + words); }
  void collect() {
    leanclr_method* method;
    CHECK(leanclr_find_method(runtime, "[System.Private.CoreLib]System.GC::Collect()", &method) == LEANCLR_OK);
    CHECK(leanclr_call(runtime, method, nullptr, nullptr) == LEANCLR_OK);
  }
  /// Calls Func<int,int>.Invoke.
  leanclr_status invoke(uint32_t delegate, int32_t argument, int32_t& result) {
    std::string text = shape("System.Func`2[System.Int32,System.Int32]");
    auto* method = pointer_at<leanclr_method>(static_cast<Address>(std::stoul(text.substr(text.rfind(' ') + 1))));
    leanclr_slot args[2] = {}, ret = {};
    args[0].address = delegate;
    args[1].i4 = argument;
    leanclr_status status = leanclr_call(runtime, method, args, &ret);
    result = ret.i4;
    return status;
  }

  leanclr_runtime* runtime = nullptr;
  uint32_t* block;
  uint32_t delegate = 0, thrown = 0;
  bool throws = false;
  std::string signature;

 private:
  int32_t call(uint32_t id, const char* text, const leanclr_slot* args, leanclr_slot* ret) {
    CHECK(id == 0xFFFFFFFF);
    delegate = args[0].address;
    signature = text;
    if (!throws) return (ret->i4 = args[1].i4 * 2, 0);
    thrown = leanclr_new_host_exception(runtime, "the host says no", "   at host");
    leanclr_throw(runtime, thrown, "");
    return 1;
  }
  int32_t resolve(const char* name) {
    std::vector<uint8_t> bytes = world_.read(name);
    if (bytes.empty()) return 0;
    auto* copy = static_cast<uint8_t*>(leanclr_alloc(runtime, static_cast<uint32_t>(bytes.size())));
    std::memcpy(copy, bytes.data(), bytes.size());
    return leanclr_add_assembly(runtime, (std::string(name) + ".dll").c_str(), copy, static_cast<uint32_t>(bytes.size())) == LEANCLR_OK;
  }
  World& world_;
};

bool starts(const std::string& text, std::string_view with) { return text.compare(0, with.size(), with) == 0; }

}  // namespace

TEST(shapes_say_how_values_lie_in_memory) {
  auto world = REQUIRE_WORLD();
  Host host(*world);
  EXPECT_EQ(starts(host.shape("System.Int32"), "P\nSystem.Int32\n4\n"), true);
  EXPECT_EQ(starts(host.shape("System.DayOfWeek"), "P\nSystem.DayOfWeek\n4\n"), true);
  std::string date = host.shape("System.DateTime");
  EXPECT_EQ(starts(date, "V\nSystem.DateTime\n8\n"), true);
  EXPECT_EQ(date.substr(date.size() - 14), "\n0 L _dateData");
  std::string nullable = host.shape("System.Nullable`1[System.Int32]");
  EXPECT_EQ(nullable.substr(nullable.find("\ni\n")), "\ni\n0 z hasValue\n4 i value");
  EXPECT_EQ(starts(host.shape("System.Byte[]"), "A\nSystem.Byte[]\n1\n"), true);
  EXPECT_EQ(starts(host.shape("System.IDisposable"), "I\n"), true);
  EXPECT_EQ(starts(host.shape("System.Exception"), "C\n"), true);
  EXPECT_EQ(host.shape("System.Func`2[System.Int32,System.Int32]").find("\nii ") != std::string::npos, true);
  std::string members = leanclr_type_members(host.runtime, host.type("System.IDisposable"));
  EXPECT_EQ(members.find(" 0 0 Dispose\n") != std::string::npos, true);
  members = leanclr_type_members(host.runtime, host.type("System.Int32"));
  EXPECT_EQ(members.find("Liffffff7f MaxValue\n") != std::string::npos, true);
}

TEST(methods_say_what_a_call_may_leave_out) {
  auto world = REQUIRE_WORLD();
  Host host(*world);
  auto defaults = [&](const char* key) {
    leanclr_method* method = nullptr;
    EXPECT_EQ(leanclr_find_method(host.runtime, key, &method), LEANCLR_OK);
    return std::string(leanclr_method_defaults(host.runtime, method));
  };
  EXPECT_EQ(defaults("System.String::Concat(System.String[])"), "...\n");
  EXPECT_EQ(defaults("System.ArgumentNullException::ThrowIfNull(System.Object,System.String)"), "\n\n=");
  EXPECT_EQ(defaults("System.Math::Abs(System.Int32)"), "\n");
  EXPECT_EQ(defaults("System.Environment::get_NewLine"), "");
}

TEST(types_that_are_not_there_are_errors) {
  auto world = REQUIRE_WORLD();
  Host host(*world);
  EXPECT_EQ(leanclr_find_type(host.runtime, "System.Nothing") == nullptr, true);
  EXPECT_EQ(std::string(leanclr_error_kind(host.runtime)), "TypeLoad");
  EXPECT_EQ(leanclr_find_type(host.runtime, "[Nowhere]A") == nullptr, true);
  EXPECT_EQ(std::string(leanclr_error_kind(host.runtime)), "FileNotFound");
  leanclr_type* list = host.type("System.Collections.Generic.List`1");
  leanclr_type* arguments[] = {host.type("System.Int32"), host.type("System.Int32")};
  EXPECT_EQ(leanclr_instantiate_type(host.runtime, list, arguments, 2) == nullptr, true);
  EXPECT_EQ(leanclr_instantiate_type(host.runtime, list, arguments, 1) == host.type("System.Collections.Generic.List`1[System.Int32]"), true);
  EXPECT_EQ(leanclr_is_assignable(host.runtime, host.type("System.Object"), list), 1);
  EXPECT_EQ(leanclr_is_assignable(host.runtime, host.type("System.String"), list), 0);
}

TEST(delegates_of_the_host_call_it_and_throw_what_it_throws) {
  auto world = REQUIRE_WORLD();
  for (uint32_t flags : {0u, uint32_t{LEANCLR_GC_STRESS}}) {
    Host host(*world, flags);
    uint32_t delegate = leanclr_new_host_delegate(host.runtime, host.type("System.Func`2[System.Int32,System.Int32]"));
    host.block[2] = delegate;
    host.keep(1);
    int32_t result = 0;
    EXPECT_EQ(host.invoke(delegate, 21, result), LEANCLR_OK);
    EXPECT_EQ(result, 42);
    EXPECT_EQ(host.delegate, delegate);
    EXPECT_EQ(host.signature, "ii");
    host.throws = true;
    EXPECT_EQ(host.invoke(delegate, 21, result), LEANCLR_MANAGED_EXCEPTION);
    EXPECT_EQ(std::string(leanclr_exception_message(host.runtime)), "the host says no");
    EXPECT_EQ(leanclr_exception_object(host.runtime), host.thrown);
    host.throws = false;
    EXPECT_EQ(host.invoke(delegate, 1, result), LEANCLR_OK);
  }
}

TEST(roots_of_the_host_keep_objects_alive_as_far_as_their_top) {
  auto world = REQUIRE_WORLD();
  Host host(*world);
  uint32_t object = leanclr_new_object(host.runtime, host.type("System.Byte[]"), 100);
  uint32_t handle = leanclr_new_handle(host.runtime, object, 1);
  host.block[2] = object + 50;  // anywhere in it
  host.keep(1);
  host.collect();
  EXPECT_EQ(leanclr_handle_target(host.runtime, handle), object);
  host.keep(0);
  host.collect();
  EXPECT_EQ(leanclr_handle_target(host.runtime, handle), 0u);
  leanclr_free_handle(host.runtime, handle);
  uint32_t kept = leanclr_new_object(host.runtime, host.type("System.Object"), 0);
  uint32_t strong = leanclr_new_handle(host.runtime, kept, 0);
  host.collect();
  EXPECT_EQ(leanclr_handle_target(host.runtime, strong), kept);
  leanclr_free_handle(host.runtime, strong);
}

}  // namespace leanclr::test
