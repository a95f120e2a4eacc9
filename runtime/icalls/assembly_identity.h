// AssemblyIdentity: name, version, culture and key of an assembly or of a reference to one (§II.22.2,
// §II.22.5).
#pragma once

#include <string>

#include "metadata/image.h"

namespace leanclr::icalls {

struct AssemblyIdentity {
  std::string name;
  std::string culture;
  uint16_t major = 0, minor = 0, build = 0, revision = 0;
  uint32_t flags = 0;
  uint32_t hash_algorithm = 0;
  Bytes public_key;       // empty when only the token is known, or there is none
  std::string key_token;  // 16 hexadecimal digits, or empty

  static Result<AssemblyIdentity> of(const metadata::Image& image);
  static Result<AssemblyIdentity> of_reference(const metadata::Image& image,
                                               metadata::RowNumber assembly_ref);
  /// "Name, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null".
  std::string display_name() const;
};

}  // namespace leanclr::icalls
