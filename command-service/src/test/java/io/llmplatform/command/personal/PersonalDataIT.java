package io.llmplatform.command.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the event store holds of a person, and what is left of it without the key. */
class PersonalDataIT {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void noEventSpeaksOfAPersonInClearAndWithoutTheKeyNobodyCanReadIt() {
        var admin = service.admin();
        var person = service.post(
                        "users",
                        admin,
                        Map.of(
                                "username", "wanda-w",
                                "password", "a long password",
                                "email", "wanda@example.org",
                                "display_name", "万达"))
                .id();
        var own = service.login("wanda-w", "a long password");
        var key = service.post(
                        "api-keys",
                        own,
                        Map.of("name", "hers"),
                        Headers.FORWARDED_FOR,
                        "192.0.2.99",
                        "User-Agent",
                        "wandas-browser")
                .id();

        assertThat(stored(person)).hasSize(1).noneMatch(PersonalDataIT::tells);
        assertThat(stored(key)).hasSize(1).noneMatch(PersonalDataIT::tells);

        // With the key the aggregate knows what it was: the same values are no change, another one is.
        assertThat(service.patch("users/" + person, admin, Map.of("email", "wanda@example.org"))
                        .version())
                .isZero();
        assertThat(service.patch("users/" + person, admin, Map.of("display_name", "Wanda"))
                        .version())
                .isEqualTo(1);

        service.jdbc().update("delete from identity.person_key where subject = ?", person);

        // The account goes on, under a new key; what was said before stays closed for ever.
        assertThat(service.patch("users/" + person, admin, Map.of("email", "new@example.org"))
                        .version())
                .isEqualTo(2);
        assertThat(stored(person)).hasSize(3).noneMatch(PersonalDataIT::tells);
        assertThat(service.bean(PersonKeyStore.class).find(person)).isPresent();
    }

    private static boolean tells(String event) {
        return List.of("wanda", "Wanda", "万达", "192.0.2.99", "new@example.org").stream()
                .anyMatch(event::contains);
    }

    /** Payload and metadata as text. */
    private static List<String> stored(String aggregateId) {
        return service.jdbc().queryForList("""
                        select convert_from(payload, 'UTF8') || convert_from(metadata, 'UTF8') from events.domain_event
                        where aggregate_id = ? order by sequence""", String.class, aggregateId);
    }
}
