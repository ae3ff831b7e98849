// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/media_sources.h"
#include "tests/store/place.h"

#include <QtTest>

using namespace artdag;

namespace {

constexpr int rate = 48000;
constexpr Rate nominal{25, 1};

/// Numbered pictures with a sound that is another on each machine, which no file has both of.
class Clip : public MediaFile {
public:
    Clip()
    {
        m_facts.video = VideoFacts{.width = 8, .height = 6, .rate = nominal, .frames = 25, .duration = flicksPerSecond, .numbered = true, .decoder = "png lavc 1.2"};
        m_facts.audio = AudioFacts{rate, 2, flicksPerSecond, "opus lavc 1.2 inexact"};
    }
    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }
    Result<CodedPointer> pictureAt(Flicks) override { return fail(Fault::Unavailable, "clip: no picture is asked for"); }
    Result<CodedPointer> nextPicture() override { return fail(Fault::Unavailable, "clip: no picture is asked for"); }
    Result<Sound> decodeSound() override { return Sound(SampleRange{0, rate}); }
    Result<Bytes> decodeSoundBytes() override { return fail(Fault::Unavailable, "clip: no bytes are asked for"); }

private:
    FileFacts m_facts;
};

const Bytes clipBytes{'c', 'l', 'i', 'p'};

/// Sources over one store, as of a process that begins; `opened` counts how often the clip was opened by any of them.
struct Session {
    MediaSources sources;
    Session(Store& store, int& opened)
        : sources(store, [&opened](const fs::path& path) -> Result<std::unique_ptr<MediaFile>> {
              if (*readFile(path) != clipBytes)
                  return openMedia(path); // what was baked
              ++opened;
              return std::unique_ptr<MediaFile>(std::make_unique<Clip>());
          })
    {
    }
    Sources::MediaFacts facts(const ContentId& id)
    {
        auto facts = sources.facts(id);
        if (!facts)
            qFatal("%s", facts.error().message.c_str());
        return *facts;
    }
};

} // namespace

class MediaSourcesTest : public QObject {
    Q_OBJECT
private slots:
    void factsOfBakedSoundAndNumberedPicturesAreRemembered()
    {
        Place place;
        int opened = 0;
        const ContentId clip = *place.store->put(clipBytes, ObjectClass::Asset);
        const auto first = Session(*place.store, opened).facts(clip);
        QVERIFY(!first.bakedSound.isNull());
        QCOMPARE(first.bakedBy, std::string("opus lavc 1.2"));
        QCOMPARE(first.numbered, nominal);
        const auto again = Session(*place.store, opened).facts(clip);
        QCOMPARE(opened, 1);
        QCOMPARE(again.bakedSound, first.bakedSound);
        QCOMPARE(again.bakedBy, first.bakedBy);
        QCOMPARE(again.numbered, first.numbered);
        QCOMPARE(again.soundDuration, first.soundDuration);
    }

    void mediaAreOpenedAndBakedAgainWhenTheBakedSoundIsGone()
    {
        Place place;
        int opened = 0;
        const ContentId clip = *place.store->put(clipBytes, ObjectClass::Asset);
        const ContentId baked = Session(*place.store, opened).facts(clip).bakedSound;
        QVERIFY(place.store->remove(baked));
        QCOMPARE(Session(*place.store, opened).facts(clip).bakedSound, baked);
        QCOMPARE(opened, 2);
        QVERIFY(place.store->facts(baked));
    }

    void soundThatAManifestNamesIsNeitherAnsweredFromNorAddedToWhatIsRemembered()
    {
        Place place;
        int opened = 0;
        const ContentId clip = *place.store->put(clipBytes, ObjectClass::Asset);
        const ContentId own = Session(*place.store, opened).facts(clip).bakedSound;
        // Any sound that can be opened will do for another one.
        Session verifying(*place.store, opened);
        Bytes other = *place.store->get(own);
        other.insert(other.end(), 64, 0);
        const ContentId named = *place.store->put(other, ObjectClass::Asset);
        verifying.sources.useBaked(clip, named);
        QCOMPARE(verifying.facts(clip).bakedSound, named);
        QCOMPARE(Session(*place.store, opened).facts(clip).bakedSound, own);
        verifying.sources.forgetBaked();
        QCOMPARE(verifying.facts(clip).bakedSound, own);
    }
};

QTEST_APPLESS_MAIN(MediaSourcesTest)
#include "media_sources_test.moc"
