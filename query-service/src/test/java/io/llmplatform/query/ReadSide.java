package io.llmplatform.query;

import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * The service over HTTP, on a database with the projections' real schema (their migration files) and roles, and on an
 * index with their real mapping.
 */
final class ReadSide implements AutoCloseable {
    private static final Path PROJECTIONS = Path.of("..", "projections", "src", "main", "resources");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String indexPrefix;
    final JdbcClient jdbc;
    private final String searchUrl;
    private final KeyPair keys;
    private final ConfigurableApplicationContext application;
    private final String base;

    ReadSide(PostgresServer postgres, String searchUrl) throws IOException, GeneralSecurityException {
        this.searchUrl = searchUrl;
        var database = postgres.newDatabase();
        indexPrefix = database.substring(database.lastIndexOf('/') + 1) + "-";
        var owner = DatabaseUrl.parse(postgres.urlFor(database, "projections"));
        var dataSource = new DriverManagerDataSource(owner.jdbcUrl(), owner.user(), "");
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("readmodel")
                .locations("filesystem:" + PROJECTIONS.resolve("db/migration"))
                .load()
                .migrate();
        // As the projections see it, whose statements tests use.
        dataSource.setSchema("readmodel");
        jdbc = JdbcClient.create(dataSource);
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        publishKey("kid-1", keys);
        index("audit");
        index("audit-reads");
        index("logs");
        application = new SpringApplicationBuilder(QueryServiceApplication.class)
                .run(
                        "--server.port=0",
                        "--query.database-url=" + postgres.urlFor(database, "query_service"),
                        "--query.kafka.bootstrap-servers="
                                + KafkaServer.shared().bootstrapServers(),
                        "--query.search.url=" + searchUrl,
                        "--query.search.index-prefix=" + indexPrefix);
        base = "http://127.0.0.1:"
                + ((WebServerApplicationContext) application).getWebServer().getPort() + "/api/admin/v1";
    }

    void logLine(String id, String document) {
        put("/" + indexPrefix + "logs/_doc/" + id + "?refresh=true", document);
    }

    void auditRead(String id, String document) {
        put("/" + indexPrefix + "audit-reads/_doc/" + id + "?refresh=true", document);
    }

    private void index(String name) throws IOException {
        put("/" + indexPrefix + name + "-v1", Files.readString(PROJECTIONS.resolve("search/" + name + ".json")));
        put("/" + indexPrefix + name + "-v1/_alias/" + indexPrefix + name, "");
    }

    static ReadSide shared() {
        try {
            return new ReadSide(PostgresServer.shared(), SearchServer.shared().url());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void publishKey(String kid, KeyPair pair) {
        jdbc.sql("insert into readmodel.signing_key values (?, 'Ed25519', ?, now(), null)")
                .params(kid, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .update();
    }

    void user(String id, String role) {
        jdbc.sql("insert into readmodel.users values (?, 0, ?, null, null, ?, 'active', now(), now())")
                .params(id, "name-" + id, role)
                .update();
    }

    void progress(String projection, long position) {
        jdbc.sql("""
                        insert into readmodel.projection_progress (name, version, position, lag, state)
                        values (?, 1, ?, 0, 'running')
                        on conflict (name) do update set position = excluded.position, seen_at = now()""").params(projection, position).update();
    }

    /** Stores usage records, and the roll-ups that follow from them, in one statement of plain SQL. */
    void usage(String jsonArray) {
        jdbc.sql(
                        "select readmodel.ensure_usage_partition(m) from generate_series(date '2026-08-01', date '2026-12-01', interval '1 month') as g(t), lateral (select t::date as m)")
                .query((row, n) -> n)
                .list();
        try {
            jdbc.sql(Files.readString(Path.of("src/test/resources/sql/usage-batch.sql")))
                    .param("records", jsonArray)
                    .query(Long.class)
                    .single();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds these days up, as the projection does with days that are over. */
    void addUp(LocalDate first, LocalDate last) {
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            for (var file : List.of("usage-day-clear", "usage-day-add-up")) {
                try {
                    jdbc.sql(Files.readString(PROJECTIONS.resolve("sql/" + file + ".sql")))
                            .param("day", day)
                            .param(
                                    "from",
                                    Timestamp.from(
                                            day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                            .param(
                                    "to",
                                    Timestamp.from(day.plusDays(1)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()))
                            .update();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Adds this month up, as the projection does when all its days are. */
    void addUpMonth(LocalDate first) {
        for (var file : List.of("usage-month-clear", "usage-month-add-up")) {
            try {
                jdbc.sql(Files.readString(PROJECTIONS.resolve("sql/" + file + ".sql")))
                        .param("month", first)
                        .update();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Adds the minutes of this hour up, as the projection does for some days. */
    void addUpMinutes(Instant hour) {
        for (var file : List.of("usage-minutes-clear", "usage-minutes-add-up")) {
            try {
                jdbc.sql(Files.readString(PROJECTIONS.resolve("sql/" + file + ".sql")))
                        .param("from", Timestamp.from(hour))
                        .param("to", Timestamp.from(hour.plusSeconds(3600)))
                        .update();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void audit(String id, String document) {
        put("/" + indexPrefix + "audit/_doc/" + id + "?refresh=true", document);
    }

    private void put(String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(searchUrl + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String token(String userId) {
        return token(userId, "kid-1", keys, Instant.now().plusSeconds(600));
    }

    static String token(String userId, String kid, KeyPair pair, Instant expires) {
        var header = Map.of("alg", "EdDSA", "kid", kid);
        var claims = Map.of(
                "iss",
                AccessTokens.ISSUER,
                "sub",
                userId,
                "role",
                "admin",
                "exp",
                expires.getEpochSecond(),
                AccessTokens.SESSION,
                "ses_" + kid);
        var signed = base64(header) + "." + base64(claims);
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(Object value) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ContractJson.mapper().writeValueAsBytes(value));
    }

    Answer get(String path, String userId, String... headers) {
        return getWithToken(path, token(userId), headers);
    }

    /** The lines of an answer that has no end, as they come. */
    Stream<String> lines(String path, String userId, String... headers) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token(userId));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body().collect(Collectors.joining()));
        }
        return answer.body();
    }

    /** @param token null for none */
    Answer getWithToken(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer, answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        application.close();
    }

    record Answer(int status, HttpResponse<String> http, String body) {
        JsonNode json() {
            return ContractJson.mapper().readTree(body);
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse(null);
        }
    }
}
