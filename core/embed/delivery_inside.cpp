// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/delivery_inside.h"

#include "core/embed/embed.h"

namespace artdag {

Result<DeliveryInside> insideOf(const std::filesystem::path& film)
{
    const Embedded carried = TRY(readEmbedded(film));
    DeliveryInside inside{TRY(bareContentId(film)), carried.manifest, {}};
    if (!carried.recipe.empty())
        inside.recipe = ContentId{sha3(bytesOf(carried.recipe))};
    return inside;
}

} // namespace artdag
