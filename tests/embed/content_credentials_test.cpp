// SPDX-License-Identifier: GPL-3.0-or-later
// Content Credentials in files as ffmpeg makes them: they hold, whatever is changed is noticed with its code, and taken out again the file is
// the first one. tests/e2e/credentials_test.py asks another implementation.
#include "core/embed/credentials.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr std::int64_t today = 1'800'000'000;
const std::string manifest = "sha3-256:" + std::string(64, 'a'), recipeId = "sha3-256:" + std::string(64, 'b');

CredentialFacts factsOf(int inputs)
{
    CredentialFacts facts{manifest, recipeId, "sha3-256:" + std::string(64, 'c'), inputs == 0 ? "algorithmicMedia" : "composite", "2026-03-01T12:00:00Z", "0.1", {}};
    for (int at = 0; at < inputs; ++at)
        facts.inputs.push_back({"cat-footage", "sha3-256:" + std::string(64, 'd'), "@carol@b.example, CC-BY-4.0"});
    return facts;
}

std::vector<std::string> badCodes(const Credentials& credentials)
{
    std::vector<std::string> codes;
    for (const CredentialFinding& one : credentials.findings)
        if (one.state == CredentialState::Tampered)
            codes.push_back(one.code);
    return codes;
}

} // namespace

class ContentCredentialsTest : public QObject {
    Q_OBJECT
    const FilmMaker m_maker;
    const SigningKey m_key = SigningKey::generate(KeyAlgorithm::Ed25519).value();
    const std::vector<Bytes> m_roots{certificatesOf(m_key)->root};

    [[nodiscard]] Bytes bytes(const char* name) const { return readFile(m_maker.path(name)).value(); }
    [[nodiscard]] std::filesystem::path fresh(const char* name) const
    {
        std::filesystem::remove(m_maker.path(name));
        return m_maker.path(name);
    }
    [[nodiscard]] Result<std::optional<Credentials>> read(const Bytes& file) const
    {
        return writeFileAtomically(m_maker.path("read"), file) ? readCredentials(m_maker.path("read"), m_roots, today) : Result<std::optional<Credentials>>(std::optional<Credentials>());
    }
    [[nodiscard]] Bytes made(const char* film, int inputs = 0) const
    {
        const auto done = writeWithCredentials(m_maker.path(film), fresh("carrier"), {manifest, R"({"a":"<&>"})"}, factsOf(inputs), m_key);
        return done && *done ? bytes("carrier") : Bytes();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const char* film = "-f lavfi -i testsrc2=s=64x36:r=10:d=1 -f lavfi -i sine=440:d=1 ";
        const auto make = [&](const char* name, const std::string& arguments) { QVERIFY2(m_maker.make(name, arguments.c_str()), name); };
        make("a.png", "-f lavfi -i testsrc=s=33x21 -frames:v 1");
        make("a.jpg", "-f lavfi -i testsrc=s=33x21 -frames:v 1");
        make("a.mp4", std::string(film) + "-c:v libx264 -c:a aac");
        make("fast.mp4", std::string(film) + "-c:v libx264 -c:a aac -movflags +faststart");
        make("pieces.mp4", std::string(film) + "-c:v libx264 -c:a aac -movflags +frag_keyframe+empty_moov");
        make("a.mov", std::string(film) + "-c:v prores_ks -c:a pcm_s16le");
        make("a.wav", "-f lavfi -i sine=440:d=1");
        make("odd.wav", "-f lavfi -i sine=r=11025:d=1,atrim=end_sample=111 -c:a pcm_u8");
        make("a.webp", "-f lavfi -i testsrc=s=33x21 -frames:v 1 -c:v libwebp");
    }

    void theyHoldAndComeOutAgain_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"a.png", "a.jpg", "a.wav", "odd.wav", "a.mp4", "fast.mp4", "pieces.mp4", "a.mov"})
            QTest::newRow(name) << QByteArray(name);
    }
    void theyHoldAndComeOutAgain()
    {
        QFETCH(QByteArray, name);
        const std::string carrier = "carried." + QString(name).section('.', 1).toStdString();
        const SigningKey rsa = SigningKey::generate(KeyAlgorithm::Rsa2048).value();
        for (const int inputs : {0, 1, 2, 300}) { // 300: of more bytes than a JPEG's segment has
            const SigningKey& key = inputs == 1 ? rsa : m_key;
            const Embedded embedded{manifest, inputs == 2 ? "" : R"({"a":"<&>"})"};
            const auto done = writeWithCredentials(m_maker.path(name.constData()), fresh(carrier.c_str()), embedded, factsOf(inputs), key);
            QVERIFY2(done && *done, done ? "" : done.error().message.c_str());
            QCOMPARE(readEmbedded(m_maker.path(carrier.c_str())).value(), embedded);

            const auto found = readCredentials(m_maker.path(carrier.c_str()), {certificatesOf(key)->root}, today);
            QVERIFY2(found && *found, found ? "" : found.error().message.c_str());
            const Credentials& credentials = **found;
            QVERIFY2(credentials.state() == CredentialState::Valid, wordsOf(credentials).back().c_str());
            QCOMPARE(readCredentials(m_maker.path(carrier.c_str()), {}, today).value()->state(), CredentialState::Untrusted);
            QCOMPARE(credentials.signer.kid, key.publicKey().kid());
            QCOMPARE(credentials.signer.algorithm, std::string(inputs == 1 ? "PS256" : "EdDSA"));
            QVERIFY(credentials.manifest == manifest && credentials.recipe == recipeId && credentials.generator == "Art DAG 0.1");
            QCOMPARE(credentials.ingredients.size(), std::size_t(inputs));
            QCOMPARE(credentials.actions.size(), std::size_t(inputs == 1 ? 2 : 1 + inputs));
            QCOMPARE(credentials.actions[inputs == 1 ? 1 : 0].source, factsOf(inputs).source);
            QCOMPARE(credentials.actions[0].when, std::string("2026-03-01T12:00:00Z"));

            const auto played = [&](const char* what) { return FilmMaker::run("ffmpeg", {"-v", "error", "-i", m_maker.text(what), "-map", "0", "-f", "md5", "-"}); };
            QCOMPARE(played(carrier.c_str()), played(name.constData()));
            QVERIFY(writeBare(m_maker.path(carrier.c_str()), fresh("bare")));
            QVERIFY2(bytes("bare") == bytes(name.constData()), "what was taken out left a trace");
            QCOMPARE(bareContentId(m_maker.path(carrier.c_str())).value(), contentIdOfFile(m_maker.path(name.constData())).value());
            QVERIFY(!writeWithCredentials(m_maker.path(carrier.c_str()), fresh("twice"), embedded, factsOf(0), key));
            QVERIFY(!std::filesystem::exists(m_maker.path("twice")));

            QVERIFY(writeWithCredentials(m_maker.path(name.constData()), fresh("again"), embedded, factsOf(inputs), key));
            QCOMPARE(bytes("again") == bytes(carrier.c_str()), inputs != 1); // PS256 draws a salt
        }
        for (const auto& entry : std::filesystem::directory_iterator(m_maker.path("").parent_path()))
            QVERIFY2(entry.path().string().find(".part-") == std::string::npos, entry.path().c_str());
    }

    void eachTamperingHasItsCode_data() { theyHoldAndComeOutAgain_data(); }
    void eachTamperingHasItsCode()
    {
        QFETCH(QByteArray, name);
        const Bytes whole = made(name.constData(), 2), film = bytes(name.constData());
        const auto placeOf = [&](std::string_view words, std::size_t from = 0) {
            const ByteView wanted = bytesOf(words);
            const auto at = std::search(whole.begin() + static_cast<std::ptrdiff_t>(from), whole.end(), wanted.begin(), wanted.end());
            return static_cast<std::size_t>(at - whole.begin());
        };
        const auto changed = [&](std::size_t at, std::uint8_t by = 1) {
            Bytes copy = whole;
            copy.at(at) ^= by;
            const auto found = read(copy);
            return found && *found ? badCodes(**found) : std::vector<std::string>{found ? "nothing" : found.error().message};
        };
        const bool isMp4 = name.endsWith("mp4") || name.endsWith("mov");
        const std::string content = isMp4 ? "assertion.bmffHash.mismatch" : "assertion.dataHash.mismatch";
        const std::string_view middle(reinterpret_cast<const char*>(film.data()) + film.size() / 2, 24);
        QCOMPARE(changed(placeOf(middle)), std::vector<std::string>{content});
        const std::size_t inside = name.endsWith("png") ? placeOf(R"({"a":)") : placeOf("<artdag:recipe>") + 17;
        QCOMPARE(changed(inside), std::vector<std::string>{content});
        QCOMPARE(changed(placeOf("sha3-256:b") + 20), std::vector<std::string>{"assertion.hashedURI.mismatch"});
        const std::size_t claim = placeOf(std::string_view("c2pa.claim.v2\0", 14));
        QCOMPARE(changed(placeOf("Art DAG", claim)), std::vector<std::string>{"claimSignature.mismatch"});
        const std::size_t signature = placeOf(std::string_view("c2pa.signature\0", 15));
        QCOMPARE(changed(placeOf(std::string_view("\xF6\x58\x40", 3), signature) + 10), std::vector<std::string>{"claimSignature.mismatch"});
        // A hash of an assertion in the claim: the claim does not fit its signature, and the assertion not its claim.
        QCOMPARE(changed(placeOf("c2pa.hash", claim) + 40).front(), std::string("claimSignature.mismatch"));
    }

    void anotherFilmUnderTheSameCredentialsIsNoticed()
    {
        const Bytes whole = made("a.png");
        QVERIFY(m_maker.make("b.png", "-f lavfi -i testsrc2=s=33x21 -frames:v 1"));
        const Bytes film = bytes("a.png"), other = bytes("b.png");
        Bytes moved(whole.begin(), whole.end() - static_cast<std::ptrdiff_t>(film.size() - 33));
        moved.insert(moved.end(), other.begin() + 33, other.end());
        QCOMPARE(badCodes(*read(moved).value()), std::vector<std::string>{"assertion.dataHash.mismatch"});
    }

    void aBoxMoreIsNoticed()
    {
        const Bytes whole = made("a.mp4");
        const auto with = [&](std::string_view type, std::size_t at) {
            Bytes more = whole, box{0, 0, 0, 8};
            box.insert(box.end(), type.begin(), type.end());
            more.insert(more.begin() + static_cast<std::ptrdiff_t>(at), box.begin(), box.end());
            return badCodes(*read(more).value());
        };
        QCOMPARE(with("free", whole.size()), std::vector<std::string>{"assertion.bmffHash.mismatch"});
        // One that does not count moves those that do from the places that the film's tables name.
        const ByteView mark = bytesOf("mdat");
        const auto film = static_cast<std::size_t>(std::search(whole.begin(), whole.end(), mark.begin(), mark.end()) - whole.begin()) - 4;
        QCOMPARE(with("mfra", film), std::vector<std::string>{"assertion.bmffHash.mismatch"});
    }

    void othersCredentialsStay()
    {
        CredentialFacts theirs = factsOf(0);
        theirs.manifest.clear();
        QVERIFY(writeWithCredentials(m_maker.path("a.png"), fresh("theirs"), {manifest, ""}, theirs, m_key).value());
        QVERIFY(!readCredentials(m_maker.path("theirs"), {}, today).value()->areOurs());
        QVERIFY(writeBare(m_maker.path("theirs"), fresh("bare")));
        QVERIFY(readEmbedded(m_maker.path("bare")).value().empty());
        QVERIFY(readCredentials(m_maker.path("bare"), m_roots, today).value().has_value());
    }

    void filesWithoutAPlaceCarryTheRecipeAlone()
    {
        QVERIFY(!writeWithCredentials(m_maker.path("a.webp"), fresh("out"), {manifest, "{}"}, factsOf(0), m_key).value());
        QCOMPARE(readEmbedded(m_maker.path("out")).value().recipe, std::string("{}"));
        QVERIFY(!readCredentials(m_maker.path("out"), m_roots, today).value());
        QVERIFY(!readCredentials(m_maker.path("a.png"), m_roots, today).value());
    }

    /// A key that nobody trusts may sign what it wants; a certificate that is over, or not there, is said.
    void whoSignedIsJudged()
    {
        QVERIFY(!made("a.png").empty());
        const auto at = [&](std::int64_t seconds) { return *readCredentials(m_maker.path("carrier"), m_roots, seconds).value(); };
        QCOMPARE(at(today).state(), CredentialState::Valid);
        const Credentials early = at(0);
        QCOMPARE(early.state(), CredentialState::Untrusted);
        QVERIFY(std::ranges::any_of(early.findings, [](const CredentialFinding& one) { return one.code == "signingCredential.expired"; }));
    }

    /// Any change: an error, or a word that it was changed; what still holds says what was signed.
    void noChangePassesForTheOriginal_data() { theyHoldAndComeOutAgain_data(); }
    void noChangePassesForTheOriginal()
    {
        QFETCH(QByteArray, name);
        const Bytes whole = made(name.constData(), 1);
        const Credentials before = *read(whole).value();
        std::mt19937_64 bits(2026);
        const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(bits() % limit); };
        const std::string_view mark = "jumb";
        const auto store = static_cast<std::size_t>(std::search(whole.begin(), whole.end(), mark.begin(), mark.end()) - whole.begin()) - 4;
        for (int round = 0; round < 160; ++round) {
            Bytes damaged = whole;
            if (round % 8 == 0)
                damaged.resize(store + below(whole.size() - store)); // cut
            else if (round % 8 == 1)
                std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(store + below(2500)), 4, static_cast<std::uint8_t>(round % 16 == 1 ? 0xFF : 0)); // a length that lies
            else
                damaged[std::min(store + below(2600), whole.size() - 1)] ^= static_cast<std::uint8_t>(1U << below(8));
            const auto found = read(damaged);
            static_cast<void>(writeBare(m_maker.path("read"), fresh("bare")));
            if (!found || !*found || (*found)->state() == CredentialState::Tampered || (*found)->state() == CredentialState::Unknown)
                continue;
            const Credentials& after = **found;
            QVERIFY(after.manifest == before.manifest && after.recipe == before.recipe && after.signer.kid == before.signer.kid && after.generator == before.generator);
            QVERIFY(jsonOf(after)["actions"] == jsonOf(before)["actions"] && jsonOf(after)["ingredients"] == jsonOf(before)["ingredients"]);
        }
    }
};

QTEST_GUILESS_MAIN(ContentCredentialsTest)
#include "content_credentials_test.moc"
