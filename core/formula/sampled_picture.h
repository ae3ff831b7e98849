// SPDX-License-Identifier: GPL-3.0-or-later
// A whole picture for formulas to sample: between four pixels it mixes, beyond its edges it goes on.
#pragma once

#include "core/formula/formula.h"
#include "core/picture/picture.h"

namespace artdag {

class SampledPicture final : public FormulaPicture {
public:
    /// `picture` must outlive it.
    explicit SampledPicture(const ConstPictureView& picture)
        : m_picture(picture) {}
    void sample(int plane, const double* u, const double* v, double* out, std::size_t n) const override;

private:
    ConstPictureView m_picture;
};

} // namespace artdag
