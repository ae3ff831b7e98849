// SPDX-License-Identifier: GPL-3.0-or-later
// A small catalogue for tests of checking, planning and editing: descriptions only, nothing that renders.
#pragma once

#include "core/effect/catalogue.h"

namespace artdag::test {

/// `beat` (sound → events), `join` (list of pictures), `media`, `over` (two pictures), `src` (picture and sound from
/// nothing), `still`, `tint` (a picture and one parameter of each kind).
const Catalogue& fakeEffects();

} // namespace artdag::test
