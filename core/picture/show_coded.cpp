// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/show_coded.h"

#include "core/picture/pointwise.h"

#include <algorithm>

namespace artdag {

void showPicture(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, PictureView out)
{
    if (toSource == Affine{} && from.rect.contains(out.rect))
        copy(from.sub(out.rect), out);
    else
        scale(from, width, height, toSource, filter, Edge::Transparent, out);
}

void showCoded(const CodedPicture& coded, const Affine& toSource, Filter filter, PictureView out, Space space)
{
    const Rect whole{0, 0, coded.width, coded.height};
    if (toSource == Affine{} && whole.contains(out.rect)) {
        decodeCoded(coded, space, out);
        return;
    }
    constexpr int rows = 16; // bounds the linear copy of a large source
    for (int y = out.rect.y0; y < out.rect.y1; y += rows) {
        const PictureView strip = out.sub({out.rect.x0, y, out.rect.x1, std::min(y + rows, out.rect.y1)});
        const Rect region = scaleRegion(coded.width, coded.height, toSource, filter, Edge::Transparent, strip.rect);
        Picture linear(region);
        if (!region.empty())
            decodeToLinear(coded, linear.view());
        scale(linear.view(), coded.width, coded.height, toSource, filter, Edge::Transparent, strip);
        if (space == Space::Display)
            toDisplay(strip, strip);
    }
}

} // namespace artdag
