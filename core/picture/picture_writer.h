// SPDX-License-Identifier: GPL-3.0-or-later
// Codes from rows that come in order, so that a film's frame need never exist as floats. One defined rounding: half up, after
// clamping to the range of the code. Straight alpha where the format has alpha, else over black.
#pragma once

#include "core/picture/picture.h"

#include <memory>

namespace artdag {

class PictureWriter {
public:
    /// `out` must outlive the writer. Space::Display works for codings that hold it (`isDisplay`).
    PictureWriter(PackedPicture& out, Space space);
    ~PictureWriter();
    /// The rows that follow those given before, at full width; with the last row the picture is complete.
    void add(ConstPictureView strip);

private:
    struct Rows;
    std::unique_ptr<Rows> m_rows;
    int m_width;
    int m_next = 0;
};

} // namespace artdag
