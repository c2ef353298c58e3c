package io.llmplatform.command.personal;

import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.secret.AesGcm;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * {@code identity.person_key}. Asked anew each time: a key made in a transaction that is rolled back never was, and one that is
 * destroyed is gone at once. Commands are rare.
 */
@Component
class JdbcPersonKeyStore implements PersonKeyStore {
    private final JdbcTemplate jdbc;
    private final PersonKeyBox box;
    private final SecureRandom random;

    JdbcPersonKeyStore(JdbcTemplate jdbc, PlatformSettings settings, SecureRandom random) {
        this.jdbc = jdbc;
        this.box = new PersonKeyBox(settings.personalDataKey());
        this.random = random;
    }

    @Override
    public byte[] obtain(String subject) {
        return find(subject).orElseGet(() -> {
            var key = new byte[AesGcm.KEY_BYTES];
            random.nextBytes(key);
            // Another instance may make one at the same time: one of them stands, for both.
            jdbc.update(
                    "insert into identity.person_key (subject, wrapped_key) values (?, ?) on conflict (subject) do nothing",
                    subject,
                    box.wrap(key, subject));
            return find(subject)
                    .orElseThrow(() -> new IllegalStateException("the key of " + subject + " was destroyed meanwhile"));
        });
    }

    @Override
    public Optional<byte[]> find(String subject) {
        return wrapped(subject).map(wrapped -> box.unwrap(wrapped, subject));
    }

    @Override
    public Optional<String> wrapped(String subject) {
        return jdbc
                .queryForList("select wrapped_key from identity.person_key where subject = ?", String.class, subject)
                .stream()
                .findFirst();
    }
}
