// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/known_facts.h"
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
    [[nodiscard]] std::string found() const override { return "what was found"; }

private:
    FileFacts m_facts;
};

const Bytes clipBytes{'c', 'l', 'i', 'p'};

/// Sources over one store, as of a process that begins; `opened` counts how often the clip was opened by any of them.
struct Session {
    std::string words; ///< with which the clip was opened
    MediaSources sources;
    Session(Store& store, int& opened)
        : sources(store, [this, &opened](const fs::path& path, std::string_view found) -> Result<std::unique_ptr<MediaFile>> {
              if (*readFile(path) != clipBytes)
                  return openMedia(path); // what was baked
              ++opened;
              words = found;
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

const Bytes drawingBytes = [] {
    constexpr std::string_view text = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='20' height='20' fill='#3080c0'/></svg>";
    return Bytes(text.begin(), text.end());
}();

class MediaSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDrawingIsBakedOnceAndReadFromWhatWasBaked()
    {
        Place place;
        const ContentId drawing = *place.store->put(drawingBytes, ObjectClass::Asset);
        MediaSources sources(*place.store);
        const auto facts = sources.facts(drawing);
        QVERIFY2(facts, facts ? "" : facts.error().message.c_str());
        QVERIFY(facts->still && facts->width == 40 && facts->height == 20 && facts->bakedSound.isNull());
        QVERIFY(facts->bakedBy.starts_with("librsvg 2.") && !facts->bakedBy.ends_with("inexact"));
        const Bytes png = *place.store->get(facts->bakedPicture);
        QVERIFY(std::string_view(reinterpret_cast<const char*>(png.data()) + 1, 3) == "PNG");
        const auto picture = sources.picture(drawing, 0);
        QVERIFY(picture && (*picture)->width == 40 * 102 && (*picture)->height == 20 * 102);
        QCOMPARE((*picture)->planes[0][0], std::uint8_t{0x30});
        // Another session opens nothing to know the facts.
        MediaSources later(*place.store, [](const fs::path&, std::string_view) -> Result<std::unique_ptr<MediaFile>> { return fail(Fault::Unavailable, "nothing is opened"); });
        const auto again = later.facts(drawing);
        QVERIFY(again && again->bakedPicture == facts->bakedPicture && again->bakedBy == facts->bakedBy);
    }

    void aDrawingThatAManifestNamesIsTakenFromTheStoreOrDrawnAlike()
    {
        Place place;
        const ContentId drawing = *place.store->put(drawingBytes, ObjectClass::Asset);
        MediaSources sources(*place.store);
        const ContentId own = sources.facts(drawing)->bakedPicture;
        Bytes other = *place.store->get(own);
        other.insert(other.end(), 64, 0);
        const ContentId named = *place.store->put(other, ObjectClass::Asset);
        sources.useBaked(drawing, named);
        QCOMPARE(sources.facts(drawing)->bakedPicture, named);
        sources.forgetBaked();
        QCOMPARE(sources.facts(drawing)->bakedPicture, own);
        // Elsewhere, where neither is in the store.
        Place elsewhere;
        QCOMPARE(*elsewhere.store->put(drawingBytes, ObjectClass::Asset), drawing);
        MediaSources verifying(*elsewhere.store);
        verifying.useBaked(drawing, own);
        QCOMPARE(verifying.facts(drawing)->bakedPicture, own);
        verifying.useBaked(drawing, named);
        const auto refused = verifying.facts(drawing);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("is not in the store, and this machine bakes another: fetch the work again") != std::string::npos, refused.error().message.c_str());
    }

    void aDamagedDrawingIsAnErrorEachTime()
    {
        Place place;
        const ContentId drawing = *place.store->put(Bytes(drawingBytes.begin(), drawingBytes.end() - 3), ObjectClass::Asset);
        MediaSources sources(*place.store);
        for (int i = 0; i < 2; ++i)
            QVERIFY(!sources.facts(drawing));
        QVERIFY(!sources.picture(drawing, 0));
    }

    void onlyFilesWithLayersHaveThem()
    {
        Place place;
        const ContentId drawing = *place.store->put(drawingBytes, ObjectClass::Asset);
        MediaSources sources(*place.store);
        const auto refused = sources.facts(drawing, "diffuse");
        QVERIFY(!refused && refused.error().message.find("has no layer 'diffuse'; only OpenEXR pictures have layers") != std::string::npos);
        QVERIFY(sources.facts(drawing));
    }

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

    void whatOpeningFoundIsSaidWhenTheMediaAreOpenedAgain()
    {
        Place place;
        int opened = 0;
        const ContentId clip = *place.store->put(clipBytes, ObjectClass::Asset);
        Session first(*place.store, opened);
        QVERIFY(first.facts(clip).hasSound);
        QCOMPARE(first.words, std::string());
        Session later(*place.store, opened);
        QVERIFY(later.sources.sound(clip, {0, 10}, rate));
        QCOMPARE(opened, 2);
        QCOMPARE(later.words, std::string("what was found"));
        // What was said of a drawing is nothing that its baked picture says.
        const ContentId drawing = *place.store->put(drawingBytes, ObjectClass::Asset);
        QVERIFY(MediaSources(*place.store).facts(drawing));
        QCOMPARE(knownWords(*place.store, drawing), std::string());
        QVERIFY(MediaSources(*place.store).picture(drawing, 0));
    }

    void placesOfPacketsAreKept()
    {
        Place place;
        const ContentId clip = *place.store->put(clipBytes, ObjectClass::Asset);
        QVERIFY(knownPlaces(*place.store, clip).empty());
        notePlaces(*place.store, clip, clipBytes);
        QCOMPARE(knownPlaces(*place.store, clip), clipBytes);
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
