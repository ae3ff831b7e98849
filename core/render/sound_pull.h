// SPDX-License-Identifier: GPL-3.0-or-later
// Sound of any node of a plan, on demand: each step asks its inputs for the range that its effect needs. For FrameServer.
#pragma once

#include "core/render/frame_server.h"
#include "core/render/sound_memories.h"

namespace artdag {

/// A range of a sound port; silence beyond its ends. Thread-safe; errors name the node.
Result<Sound> pullSound(const Plan& plan, Sources& sources, SoundMemories& memories, NodePort port, SampleRange range, const CancelToken& cancel);

} // namespace artdag
