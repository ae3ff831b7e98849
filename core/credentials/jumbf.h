// SPDX-License-Identifier: GPL-3.0-or-later
// JUMBF (ISO/IEC 19566-5): boxes within labelled superboxes, in which a store of Content Credentials is kept.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// A superbox that was read. All views are of the bytes that were given.
struct JumbfBox {
    std::string kind;  ///< the first four letters of its type's UUID where the rest is that of ISO: `c2pa`, `cbor`, `json`; else all 16 bytes
    std::string label; ///< may be empty
    ByteView body;     ///< all but its first 8 bytes: what hashes of it are made of
    ByteView content;  ///< of its first box that is no superbox and no description; empty for none
    std::vector<JumbfBox> children;
    /// The child of this label; null for none.
    [[nodiscard]] const JumbfBox* child(std::string_view label) const;
};

/// One superbox that fills `bytes`. At most 10,000 boxes, 8 levels; BadInput for what leaves its parent or has no description.
Result<JumbfBox> readJumbf(ByteView bytes);

/// A box that holds `content`. CHECKs that it is below 4 GB.
Bytes plainBox(std::string_view type, ByteView content);
/// A superbox with its description and `content`, whole boxes. `kind` has four letters.
Bytes superbox(std::string_view kind, std::string_view label, ByteView content);

} // namespace artdag
