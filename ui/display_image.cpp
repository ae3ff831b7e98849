// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/display_image.h"

#include <vector>

namespace artdag {

QImage displayImage(const Picture& picture)
{
    const ConstPictureView whole = picture.view();
    QImage image(whole.rect.width(), whole.rect.height(), QImage::Format_RGBX8888);
    // Premultiplied colour is the colour over black, so the alpha of the rows that are shown is 1.
    const std::vector<float> opaque(static_cast<std::size_t>(whole.rect.width()), 1.0F);
    for (int y = whole.rect.y0; y < whole.rect.y1; ++y) {
        ConstPictureView row = whole.sub({whole.rect.x0, y, whole.rect.x1, y + 1});
        row.planes[alpha] = opaque.data();
        toDisplayRgba(row, image.scanLine(y - whole.rect.y0), image.bytesPerLine());
    }
    return image;
}

} // namespace artdag
