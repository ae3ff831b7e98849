// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing over connections that break: uploads go on where they were, a hundred tries make one post, a login that is over and a
// server that is down are told as what they are.
#include "core/provenance/claim.h"
#include "core/store/store.h"
#include "core/workflow/publication.h"
#include "core/workflow/publish_work.h"
#include "tests/server/server_process.h"
#include "tests/server/signed_work.h"

#include <QTest>

#include <random>

using namespace artdag;

namespace {

/// Loses requests on the way there, answers on the way back, and cuts what is sent of a file.
class BadLine : public HttpClient {
public:
    explicit BadLine(HttpClient& http)
        : m_http(http)
    {
    }
    Result<HttpAnswer> send(const HttpRequest& request) override
    {
        const Result<void> line = breaks ? breaks(request) : Result<void>();
        TRY(line);
        HttpRequest sent = request;
        if (request.method == "PATCH" && cutAt > 0 && !request.bodyFile.empty()) {
            const std::uint64_t left = std::filesystem::file_size(request.bodyFile) - request.bodyFirst;
            if (left > cutAt) {
                sent.bodyLength = cutAt;
                fileBytes += cutAt;
                TRY(m_http.send(sent));
                return fail(Fault::Unavailable, "line: broken in the middle");
            }
            fileBytes += left;
        }
        const Result<HttpAnswer> answer = m_http.send(sent);
        TRY(losesAnswer && losesAnswer(request) ? Result<void>(fail(Fault::Unavailable, "line: the answer was lost")) : Result<void>());
        return answer;
    }
    std::function<Result<void>(const HttpRequest&)> breaks;
    std::function<bool(const HttpRequest&)> losesAnswer;
    std::uint64_t cutAt = 0, fileBytes = 0;

private:
    HttpClient& m_http;
};

std::string longFilm(const std::string& seed, std::size_t size)
{
    std::string film = std::string("\0\0\0\x18"
                                   "ftypisom",
                           12)
        + seed;
    std::mt19937 random(7);
    while (film.size() < size)
        film.push_back(static_cast<char>(random()));
    return film;
}

} // namespace

class PublishAgainTest : public QObject {
    Q_OBJECT

    static constexpr std::size_t size = 3'000'000;
    ServerProcess m_server;
    std::optional<TemporaryDirectory> m_home;
    std::unique_ptr<Store> m_store;
    std::optional<SigningKey> m_key;
    Session m_session;

    PublishRequest request(const std::string& seed, bool isLong = false)
    {
        SignedWork work = makeSignedWork(seed, *m_key, m_session.account);
        if (isLong) {
            work.film = longFilm(seed, size);
            work.run.output.contentHash = nameOfBytes(work.film);
            work.signManifest(*m_key);
        }
        const auto path = m_home->path() / (seed + ".mp4");
        CHECK(writeFileAtomically(path, bytesOf(work.film)));
        CHECK(m_store->put(bytesOf(work.digests), ObjectClass::Asset));
        CHECK(m_store->put(bytesOf(work.input), ObjectClass::Asset));
        PublishRequest request;
        request.film = path;
        request.recipe = work.recipe;
        request.manifest = work.manifest;
        request.key = *m_key;
        return request;
    }
    /// How many posts tell of an object.
    int postsOf(const std::string& object)
    {
        int count = 0;
        std::string next = "/users/giles/outbox?page=true";
        for (int pages = 0; !next.empty() && pages < 20; ++pages) {
            const auto page = readJson(m_server.get(next, "application/activity+json").body);
            if (!page || !page->is_object())
                return -1;
            for (const Json& item : page->value("orderedItems", Json::array()))
                count += item.value("type", "") == "Create" && item.dump().find(object) != std::string::npos ? 1 : 0;
            const std::string url = page->value("next", "");
            next = url.empty() ? "" : url.substr(m_server.url().size());
        }
        return count;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_home.emplace(*TemporaryDirectory::make());
        qputenv("ARTDAG_HOME", QByteArray::fromStdString((m_home->path() / "home").string()));
        QVERIFY(m_server.start());
        m_store = std::move(*openStore(m_home->path() / "store"));
        m_key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        const auto session = login(m_server.http(), m_server.url(), "giles", "correct horse", true);
        QVERIFY2(session.has_value(), session ? "" : session.error().message.c_str());
        m_session = *session;
    }

    void aHundredTriesMakeOnePost()
    {
        const PublishRequest wanted = request("hundred");
        std::mt19937 random(20261128);
        BadLine line(m_server.http());
        line.breaks = [&](const HttpRequest&) { return random() % 5 == 0 ? Result<void>(fail(Fault::Unavailable, "line: down")) : Result<void>(); };
        line.losesAnswer = [&](const HttpRequest&) { return random() % 5 == 0; };
        int done = 0;
        std::string object;
        for (int attempt = 0; attempt < 100; ++attempt) {
            const auto work = publishWork(line, m_session, *m_store, wanted);
            QVERIFY2(work || work.error().fault == Fault::Unavailable, work ? "" : work.error().message.c_str());
            if (!work)
                continue;
            ++done;
            QVERIFY(object.empty() || object == work->object);
            object = work->object;
        }
        QVERIFY2(done > 0 && done < 100, qPrintable(QString::number(done)));
        QCOMPARE(postsOf(object), 1);
    }

    void anUploadGoesOnWhereTheLineBroke()
    {
        BadLine line(m_server.http());
        line.cutAt = 700'000;
        const auto work = publishWork(line, m_session, *m_store, request("cut", true));
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(line.fileBytes, std::uint64_t(size)); // each byte once
    }

    void anUploadGoesOnInAnotherRunOfTheProgram()
    {
        PublishRequest wanted = request("later", true);
        BadLine first(m_server.http());
        first.cutAt = 1'000'000;
        int pieces = 0;
        first.breaks = [&](const HttpRequest& sent) { return sent.method == "PATCH" && ++pieces > 1 ? Result<void>(fail(Fault::Cancelled, "killed")) : Result<void>(); };
        QCOMPARE(publishWork(first, m_session, *m_store, wanted).error().fault, Fault::Cancelled);
        BadLine second(m_server.http());
        second.cutAt = size;
        const auto work = publishWork(second, m_session, *m_store, wanted);
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(second.fileBytes, std::uint64_t(size - 1'000'000));
    }

    void anUploadThatTheServerForgotBeginsAnew()
    {
        PublishRequest wanted = request("forgotten", true);
        BadLine first(m_server.http());
        first.cutAt = 1'000'000;
        std::string place;
        first.breaks = [&](const HttpRequest& sent) {
            if (sent.method != "PATCH")
                return Result<void>();
            if (place.empty()) {
                place = sent.url.substr(m_server.url().size());
                return Result<void>();
            }
            return Result<void>(fail(Fault::Cancelled, "killed"));
        };
        QCOMPARE(publishWork(first, m_session, *m_store, wanted).error().fault, Fault::Cancelled);
        QCOMPARE(m_server.call("DELETE", place, {}, m_session.token, {{"Tus-Resumable", "1.0.0"}}).status, 204);
        const auto work = publishWork(m_server.http(), m_session, *m_store, wanted);
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
    }

    void whatIsTakenBackIsNotPosted()
    {
        PublishRequest wanted = request("taken back");
        wanted.mayPost = [] { return false; };
        QCOMPARE(publishWork(m_server.http(), m_session, *m_store, wanted).error().fault, Fault::Cancelled);
        QCOMPARE(m_server.get("/assets/@giles/spin-taken-back").status, 404);
    }

    void aSealedRecipeAndItsInputsStayHere()
    {
        PublishRequest wanted = request("sealed");
        wanted.recipeAccess = "sealed";
        wanted.inputsPublic = false;
        const auto summary = summarizePublication(*m_store, wanted, m_session.account);
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().message.c_str());
        QCOMPARE(summary->checkable, Checkable::Signature);
        std::vector<ContentId> told;
        for (const SentObject& object : summary->objects) {
            if (!object.path.empty())
                told.push_back(object.id);
            QVERIFY(object.what != "recipe");
            QVERIFY(object.what != "input footage" || object.path.empty());
        }
        const auto work = publishWork(m_server.http(), m_session, *m_store, wanted);
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QVERIFY(work->sent == told); // exactly what was announced
        QVERIFY(work->missing.empty());
        const SignedWork made = makeSignedWork("sealed", *m_key, m_session.account);
        for (const std::string& kept : {made.recipe, made.input})
            QCOMPARE(m_server.call("HEAD", "/media/" + nameOfBytes(kept).hex(), {}, m_session.token).status, 404);
        QCOMPARE(m_server.get("/assets/@giles/" + work->name + "/recipe").status, 404);
        const auto claim = readJson(m_server.get("/assets/@giles/" + work->name + "/claim").body);
        QVERIFY(claim.has_value());
        QVERIFY2((*claim)["access"]["recipe"] == "sealed" && (*claim)["access"]["inputs"] == "cite", claim->dump().c_str());
    }

    void aRecipeForSomeIsNotPutIntoTheFileForAll()
    {
        PublishRequest wanted = request("contradiction");
        wanted.recipeAccess = "followers";
        wanted.embedded = "full";
        const auto refused = publishWork(m_server.http(), m_session, *m_store, wanted);
        QCOMPARE(refused.error().fault, Fault::BadInput);
        QVERIFY2(refused.error().message.find("for everyone") != std::string::npos, refused.error().message.c_str());
    }

    void whatStrangersCanCheckFollowsFromBothChoices_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<bool>("inputs");
        QTest::addColumn<bool>("hasInputs");
        QTest::addColumn<int>("checkable");
        QTest::newRow("all public") << "public" << true << true << int(Checkable::Pixels);
        QTest::newRow("nothing to cite") << "public" << false << false << int(Checkable::Pixels);
        QTest::newRow("inputs cited") << "public" << false << true << int(Checkable::Allowed);
        QTest::newRow("followers") << "followers" << true << false << int(Checkable::Allowed);
        QTest::newRow("request") << "request" << true << true << int(Checkable::Allowed);
        QTest::newRow("sealed") << "sealed" << true << true << int(Checkable::Signature);
    }
    void whatStrangersCanCheckFollowsFromBothChoices()
    {
        QFETCH(QString, recipe);
        QFETCH(bool, inputs);
        QFETCH(bool, hasInputs);
        QTEST(int(checkableBy(*recipeAccessOf(recipe.toStdString()), inputs, hasInputs)), "checkable");
    }

    void aLoginThatWasRevokedIsToldAsThat()
    {
        const auto other = login(m_server.http(), m_server.url(), "giles", "correct horse", false);
        QVERIFY(other.has_value());
        QVERIFY(loginHolds(m_server.http(), *other).value_or(false));
        QCOMPARE(m_server.call("POST", "/auth/logout", {}, other->token).status / 100, 2);
        const auto refused = publishWork(m_server.http(), *other, *m_store, request("revoked"));
        QCOMPARE(refused.error().fault, Fault::Denied);
        QVERIFY2(refused.error().message.find("log in again") != std::string::npos, refused.error().message.c_str());
        QVERIFY(!loginHolds(m_server.http(), *other).value_or(true));
        QVERIFY(loginHolds(m_server.http(), m_session).value_or(false));
    }

    // Last: it stops the server.
    void aServerThatGoesDownInTheMiddleIsPublishedToLater()
    {
        PublishRequest wanted = request("down", true);
        const QString port = QString::fromStdString(m_server.url()).section(':', -1);
        BadLine line(m_server.http());
        line.cutAt = 1'200'000;
        int pieces = 0;
        line.breaks = [&](const HttpRequest& sent) {
            if (sent.method == "PATCH" && ++pieces == 2)
                m_server.stop();
            return Result<void>();
        };
        QCOMPARE(publishWork(line, m_session, *m_store, wanted).error().fault, Fault::Unavailable);
        QVERIFY(m_server.start({"--port", port}));
        BadLine again(m_server.http());
        again.cutAt = size;
        const auto work = publishWork(again, m_session, *m_store, wanted);
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(again.fileBytes, std::uint64_t(size - 1'200'000));
    }
};

QTEST_GUILESS_MAIN(PublishAgainTest)
#include "publish_again_test.moc"
