// Calls of C functions by ABI texts, and function pointers made at run time, in this process.
#include "interop/native_code.h"

#include "abi/bind.h"
#include "unit/interp/machine.h"

namespace leanclr::test {
namespace {

using abi::Slot;
using interop::NativeCode;

int32_t five_kinds(int32_t a, int64_t b, float c, double d, const char* e) { return static_cast<int32_t>(a + b + c + d) + *e; }
double many(int32_t a, double b, int32_t c, double d, int32_t e, double f, int32_t g, double h, int32_t i, double j, int32_t k,
            double l, int32_t m, double n, int32_t o, double p, int32_t q, double r, float s, int64_t t) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l + 13 * m + 14 * n +
         15 * o + 16 * p + 17 * q + 18 * r + 19 * s + 20 * static_cast<double>(t);
}
constexpr const char* kMany = "didididididididididfl";
float half(float value) { return value / 2; }
int64_t negate(int64_t value) { return -value; }
void count_to(int32_t* counter) { ++*counter; }
const char* text_at(const char* text) { return text + 1; }

/// What callbacks of the tests do: remember, compute, fail.
struct Seen {
  std::string abi;
  std::vector<double> values;
  bool fails = false;
};
double value_of(const Slot& slot, char letter) {
  switch (letter) {
    case 'i': return slot.i4;
    case 'l': return static_cast<double>(slot.i8);
    case 'f': return slot.r4;
    default: return slot.r8;
  }
}
Status look(interp::Thread&, void* target, const Slot* args, Slot* ret) {
  auto& seen = *static_cast<Seen*>(target);
  double sum = 0;
  for (size_t i = 1; i < seen.abi.size(); ++i) {
    seen.values.push_back(value_of(args[i - 1], seen.abi[i]));
    sum += seen.values.back();
  }
  if (seen.fails) return failure(ErrorKind::Argument, "as the test wants it");
  switch (seen.abi[0]) {
    case 'i': ret->i4 = static_cast<int32_t>(sum); break;
    case 'l': ret->i8 = static_cast<int64_t>(sum); break;
    case 'f': ret->r4 = static_cast<float>(sum); break;
    case 'd': ret->r8 = sum; break;
    default: break;
  }
  return {};
}

/// NativeCode on a machine of its own, whose callbacks run on the machine's thread.
struct Natives : Machine {
  explicit Natives(std::unique_ptr<World> world, const interop::HostCode& host = {}) : Machine(std::move(world)), code(host, thrown) {
    code.set_entry(
        [](void* context, uint32_t number, const Slot* args, Slot* ret) {
          auto& self = *static_cast<Natives*>(context);
          Status status = self.code.enter(self.thread(), number, args, ret);
          if (!status.ok()) self.outside = status.take_error().to_string();
        },
        this);
  }
  template <typename F>
  std::string call(F* function, const char* abi, std::initializer_list<Slot> args, Slot& ret) {
    auto bound = code.bind(reinterpret_cast<const void*>(function), abi);
    if (!bound.ok()) return bound.take_error().to_string();
    Status status = code.call(thread(), bound.value(), args.begin(), &ret);
    return status.ok() ? "" : status.take_error().to_string();
  }
  template <typename F>
  F* callback(Seen& seen) {
    auto address = code.make_callback(seen.abi, {look, &seen});
    CHECK(address.ok());
    return pointer_at<F>(address.value());
  }
  interop::HostFailure thrown;
  NativeCode code;
  std::string outside;  // the error of a callback that no native call waited for
};

template <typename T>
Slot slot(T value) {
  Slot result;
  abi::Abi<T>::write(&result, value);
  return result;
}
Slot slot(double value) {
  Slot result;
  result.r8 = value;
  return result;
}

void run_twice(void (*function)(int32_t), int32_t value) {
  function(value);
  function(value + 1);
}
int32_t apply(int32_t (*function)(int32_t), int32_t value) { return function(value); }

}  // namespace

TEST(c_functions_are_called_by_a_text) {
  Natives natives(REQUIRE_WORLD());
  Slot ret;
  auto* letter = static_cast<char*>(natives.program.objects().heap().region().allocate(2));
  letter[0] = 'A';
  letter[1] = 'B';
  EXPECT_EQ(natives.call(five_kinds, "iilfdi", {slot(1), slot(int64_t{20}), slot(300.0f), slot(4000.0), slot(letter)}, ret), "");
  EXPECT_EQ(ret.i4, 4321 + 'A');
  EXPECT_EQ(natives.call(half, "ff", {slot(5.0f)}, ret), "");
  EXPECT_EQ(ret.r4, 2.5f);
  EXPECT_EQ(natives.call(negate, "ll", {slot(int64_t{1} << 40)}, ret), "");
  EXPECT_EQ(ret.i8, -(int64_t{1} << 40));
  EXPECT_EQ(natives.call(text_at, "ii", {slot(letter)}, ret), "");
  EXPECT_EQ(ret.address, address_of(letter + 1));
  auto* counter = static_cast<int32_t*>(natives.program.objects().heap().region().allocate(4));
  *counter = 41;
  ret.i8 = 7;
  EXPECT_EQ(natives.call(count_to, "vi", {slot(counter)}, ret), "");
  EXPECT_EQ(*counter, 42);
  EXPECT_EQ(ret.i8, 7);
  natives.program.objects().heap().region().free(letter);
  natives.program.objects().heap().region().free(counter);
}

TEST(functions_of_the_host_are_called_by_it_and_may_throw) {
  interop::HostCode host;
  interop::HostFailure* thrown = nullptr;
  host.context = &thrown;
  host.bind_function = [](void*, uint32_t, const char*) -> uint32_t { return 0xFFFF8000; };
  host.call_function = [](void* context, uint32_t function, const char*, const Slot* args, Slot* ret) -> int32_t {
    ret->i4 = args[0].i4 * 2;
    if (function == 1) return 0;
    (*static_cast<interop::HostFailure**>(context))->message = "thrown by the host";
    return 2;
  };
  Natives natives(REQUIRE_WORLD(), host);
  thrown = &natives.thrown;
  Slot ret;
  // "ii" is in the pool of prepared calls, which would jump to the address.
  EXPECT_EQ(natives.call(pointer_at<int32_t(int32_t)>(1), "ii", {slot(21)}, ret), "");
  EXPECT_EQ(ret.i4, 42);
  EXPECT(natives.call(pointer_at<int32_t(int32_t)>(2), "ii", {slot(21)}, ret).find("thrown by the host") != std::string::npos);
  EXPECT_EQ(natives.thrown.message, "");
}

TEST(arguments_beyond_the_registers_go_on_the_stack) {
  Natives natives(REQUIRE_WORLD());
  Slot ret, args[20];
  for (int i = 0; i < 18; ++i) args[i] = i % 2 ? slot(i + 0.5) : slot(i);
  args[18] = slot(18.5f);
  args[19] = slot(int64_t{19});
  double expected = many(0, 1.5, 2, 3.5, 4, 5.5, 6, 7.5, 8, 9.5, 10, 11.5, 12, 13.5, 14, 15.5, 16, 17.5, 18.5f, 19);
  auto bound = natives.code.bind(reinterpret_cast<const void*>(&many), kMany);
  REQUIRE(bound.ok());
  EXPECT(natives.code.call(natives.thread(), bound.value(), args, &ret).ok());
  EXPECT_EQ(ret.r8, expected);
  // And the other way: the same arguments arrive in a callback.
  Seen seen{kMany, {}, false};
  auto* function = natives.callback<decltype(many)>(seen);
  double sum = function(0, 1.5, 2, 3.5, 4, 5.5, 6, 7.5, 8, 9.5, 10, 11.5, 12, 13.5, 14, 15.5, 16, 17.5, 18.5f, 19);
  double counted = 0;
  for (int i = 0; i < 18; ++i) counted += i % 2 ? i + 0.5 : i;
  EXPECT_EQ(sum, counted + 18.5 + 19);
  REQUIRE(seen.values.size() == 20);
  EXPECT_EQ(seen.values[18], 18.5);
  EXPECT_EQ(seen.values[19], 19.0);
}

TEST(too_many_arguments_are_an_error_that_names_the_limit) {
  Natives natives(REQUIRE_WORLD());
  const std::string abi = "v" + std::string(23, 'i');
  auto bound = natives.code.bind(reinterpret_cast<const void*>(&count_to), abi);
  REQUIRE(bound.ok());
  Slot args[23], ret;
  Status status = natives.code.call(natives.thread(), bound.value(), args, &ret);
  REQUIRE(!status.ok());
  EXPECT_EQ(status.take_error().to_string(), "NotSupported: a native function of type " + abi +
                                                 " cannot be called: this platform passes 6 integers, 8 floats and 16 further arguments");
}

TEST(callbacks_get_and_give_every_letter) {
  Natives natives(REQUIRE_WORLD());
  Seen seen{"iilfd", {}, false};
  EXPECT_EQ(natives.callback<int32_t(int32_t, int64_t, float, double)>(seen)(-1, int64_t{1} << 20, 0.5f, 0.25), (1 << 20) - 1);
  EXPECT_EQ(seen.values[0], -1.0);
  EXPECT_EQ(seen.values[3], 0.25);
  Seen real{"fff", {}, false}, wide{"lll", {}, false}, nothing{"v", {}, false};
  EXPECT_EQ(natives.callback<float(float, float)>(real)(1.5f, 2.25f), 3.75f);
  EXPECT_EQ(natives.callback<int64_t(int64_t, int64_t)>(wide)(int64_t{1} << 40, 1), (int64_t{1} << 40) + 1);
  natives.callback<void()>(nothing)();
  EXPECT_EQ(natives.outside, "");
}

TEST(ten_thousand_callbacks_live_at_once) {
  Natives natives(REQUIRE_WORLD());
  std::vector<Seen> seen(10'000, Seen{"ii", {}, false});
  std::vector<int32_t (*)(int32_t)> functions;
  for (Seen& each : seen) functions.push_back(natives.callback<int32_t(int32_t)>(each));
  for (int32_t i = 0; i < 10'000; ++i) EXPECT_EQ(functions[i](i), i);
  for (int32_t i = 0; i < 10'000; ++i) REQUIRE(seen[i].values.size() == 1 && seen[i].values[0] == i);
}

TEST(what_a_callback_fails_with_is_the_native_calls_error) {
  Natives natives(REQUIRE_WORLD());
  Seen seen{"vi", {}, true};
  auto* function = natives.callback<void(int32_t)>(seen);
  Slot ret;
  EXPECT_EQ(natives.call(run_twice, "vii", {slot(address_of(reinterpret_cast<void*>(function))), slot(5)}, ret), "Argument: as the test wants it");
  EXPECT_EQ(seen.values.size(), size_t{1});  // the second call did nothing
  function(7);
  EXPECT_EQ(natives.outside, "Argument: as the test wants it");
}

TEST(a_dead_callback_says_so_and_its_address_rests) {
  Natives natives(REQUIRE_WORLD());
  Seen seen{"ii", {}, false};
  auto* function = natives.callback<int32_t(int32_t)>(seen);
  const Address address = address_of(reinterpret_cast<void*>(function));
  REQUIRE(natives.code.callback_at(address) && natives.code.callback_at(address)->target == &seen);
  natives.code.free_callback(address);
  natives.code.free_callback(address);  // twice does no harm
  EXPECT(!natives.code.callback_at(address));
  Slot ret;
  ret.i8 = 99;
  std::string error = natives.call(apply, "iii", {slot(address), slot(5)}, ret);
  EXPECT(error.find("InvalidOperation: A native function called a function pointer whose delegate is gone") == 0);
  EXPECT_EQ(ret.i4, 0);
  EXPECT(seen.values.empty());
  for (int i = 0; i < 250; ++i) {
    auto* next = natives.callback<int32_t(int32_t)>(seen);
    EXPECT(next != function);
    natives.code.free_callback(address_of(reinterpret_cast<void*>(next)));
  }
  // Then it comes back, and memory does not grow.
  bool came_back = false;
  for (int i = 0; i < 1000; ++i) {
    auto* next = natives.callback<int32_t(int32_t)>(seen);
    came_back |= next == function;
    natives.code.free_callback(address_of(reinterpret_cast<void*>(next)));
  }
  EXPECT(came_back);
}

TEST(functions_of_the_process_get_addresses_that_managed_code_can_hold) {
  Natives natives(REQUIRE_WORLD());
  const Address address = REQUIRE_OK(natives.code.expose(reinterpret_cast<const void*>(&negate)));
  EXPECT(address < 0x80000000);
  EXPECT_EQ(REQUIRE_OK(natives.code.expose(reinterpret_cast<const void*>(&negate))), address);
  EXPECT_EQ(pointer_at<decltype(negate)>(address)(5), -5);
  Slot ret;
  EXPECT_EQ(natives.call(pointer_at<decltype(negate)>(address), "ll", {slot(int64_t{6})}, ret), "");
  EXPECT_EQ(ret.i8, -6);
}

}  // namespace leanclr::test
