// The two output streams. Descriptors are 0, 1 and 2 and never anything else: duplicating one answers it
// again, closing one closes nothing.
#include "icalls/natives/native_tables.h"

namespace leanclr::icalls {
namespace {

bool is_output(int32_t fd) { return fd == 1 || fd == 2; }
bool is_open(int32_t fd) { return fd >= 0 && fd <= 2; }

int32_t write(Thread& thread, int32_t fd, const uint8_t* bytes, int32_t count) {
  if (!is_output(fd)) return fail(thread, ErrorNumber::BADF);
  if (count < 0) return fail(thread, ErrorNumber::INVAL);
  thread.services().write(fd, bytes, static_cast<uint32_t>(count));
  return count;
}

int32_t duplicate(Thread& thread, int32_t fd) { return is_open(fd) ? fd : fail(thread, ErrorNumber::BADF); }
int32_t close(Thread& thread, int32_t fd) { return is_open(fd) ? 0 : fail(thread, ErrorNumber::BADF); }

/// Standard input is at its end from the start: the host has none to give.
int32_t read(Thread& thread, int32_t fd, uint8_t*, int32_t) {
  return fd == 0 ? 0 : fail(thread, ErrorNumber::BADF);
}

/// Streams can be neither locked nor sought nor cut.
int32_t lock(Thread& thread, int32_t, int32_t) { return fail(thread, ErrorNumber::NOTSUP); }
int64_t seek(Thread& thread, int32_t, int64_t, int32_t) { return fail(thread, ErrorNumber::SPIPE); }
int32_t truncate(Thread& thread, int32_t, int64_t) { return fail(thread, ErrorNumber::INVAL); }
int32_t flush(Thread&, int32_t) { return 0; }

/// A message of CoreLib's own, for the error stream.
void log(Thread& thread, const uint8_t* bytes, int32_t count) {
  if (count > 0) thread.services().write(2, bytes, static_cast<uint32_t>(count));
}

constexpr NativeEntry kRows[] = {
    native<close>("SystemNative_Close"),
    native<duplicate>("SystemNative_Dup"),
    native<lock>("SystemNative_FLock"),
    native<flush>("SystemNative_FSync"),
    native<truncate>("SystemNative_FTruncate"),
    native<seek>("SystemNative_LSeek"),
    native<log>("SystemNative_Log"),
    native<log>("SystemNative_LogError"),
    native<read>("SystemNative_Read"),
    native<write>("SystemNative_Write"),
};

}  // namespace

std::span<const NativeEntry> stream_natives() { return kRows; }

}  // namespace leanclr::icalls
