package io.llmplatform.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.testkit.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseOutageIT {
    @Test
    void withoutPostgresWritesAnswer503SoonAndAllRecovers() {
        var postgres = PostgresServer.start();
        try (var service = Service.start(Map.of("DATABASE_URL", postgres.newDatabase()))) {
            var admin = service.admin();
            postgres.stop();

            for (int i = 0; i < 3; i++) {
                var start = Instant.now();
                var answer = service.post("users", admin, Map.of("username", "away", "password", "long enough"));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotNull();
                assertThat(answer.json().get("request_id").isString()).isTrue();
                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
            }
            var login = service.post("auth/login", null, Map.of("username", "admin", "password", "admin123"));
            assertThat(login.status()).as(login.toString()).isEqualTo(503);
            assertThat(service.get("/health", null).status()).isEqualTo(503);

            postgres.restart();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.get("/health", null).status() == 200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.post("users", admin, Map.of("username", "back", "password", "long enough"))
                                    .status()
                            == 201);
        } finally {
            postgres.close();
        }
    }
}
