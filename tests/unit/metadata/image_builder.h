// ImageBuilder: the smallest PE file around hand-written metadata, for what compilers don't write.
//
// It knows nothing of the table schema: the caller gives every cell with its width.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "metadata/tables.h"

namespace leanclr::test {

using Buffer = std::vector<uint8_t>;

struct Cell {
  uint32_t value;
  int bytes;
};
constexpr Cell u2(uint32_t value) { return {value, 2}; }
constexpr Cell u4(uint32_t value) { return {value, 4}; }

/// Appends the low `bytes` bytes of `value`, little-endian.
void put(Buffer& out, uint64_t value, int bytes);

class ImageBuilder {
 public:
  ImageBuilder& row(metadata::Table table, std::initializer_list<Cell> cells);
  /// Sets the table's bit in the Sorted vector.
  ImageBuilder& sorted(metadata::Table table);
  ImageBuilder& heap_sizes(uint8_t flags) { return heap_sizes_ = flags, *this; }
  ImageBuilder& tables_name(std::string_view name) { return tables_name_ = name, *this; }
  ImageBuilder& strings(std::string_view heap) { return strings_.assign(heap.begin(), heap.end()), *this; }
  ImageBuilder& blobs(Buffer heap) { return blobs_ = heap, *this; }
  ImageBuilder& user_strings(Buffer heap) { return user_strings_ = heap, *this; }
  ImageBuilder& guids(Buffer heap) { return guids_ = heap, *this; }
  ImageBuilder& pe32_plus() { return pe32_plus_ = true, *this; }
  ImageBuilder& entry_point(uint32_t token, uint32_t cli_flags = 1) {
    return entry_point_ = token, cli_flags_ = cli_flags, *this;
  }
  /// Bytes at RVA kDataRva; the resources directory is the same bytes.
  ImageBuilder& data(Buffer bytes) { return data_ = bytes, *this; }

  static constexpr uint32_t kSectionRva = 0x2000;
  static constexpr uint32_t kCliHeaderBytes = 72;
  static constexpr uint32_t kDataRva = kSectionRva + kCliHeaderBytes;

  Buffer build() const;

 private:
  Buffer tables_stream() const;
  Buffer metadata_root() const;
  Buffer cli_header(uint32_t metadata_bytes) const;

  struct TableRows {
    uint32_t count = 0;
    Buffer bytes;
  };
  std::array<TableRows, 64> tables_;
  uint64_t sorted_ = 0;
  uint8_t heap_sizes_ = 0;
  std::string_view tables_name_ = "#~";
  Buffer strings_, blobs_, user_strings_, guids_, data_;
  bool pe32_plus_ = false;
  uint32_t entry_point_ = 0, cli_flags_ = 1;
};

}  // namespace leanclr::test
