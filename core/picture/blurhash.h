// SPDX-License-Identifier: GPL-3.0-or-later
// A picture in some twenty letters, to be shown as a blur until it has come: the first terms of a cosine transform, as the
// fediverse writes them (BlurHash, "Algorithm").
#pragma once

#include "core/picture/picture.h"

#include <string>

namespace artdag {

/// `across` and `down` terms, 1–9 each (Mastodon takes 1–5). What is transparent counts as black. Every pixel is read for
/// every term: give it a small picture.
std::string blurhashOf(ConstPictureView linear, int across, int down);

} // namespace artdag
