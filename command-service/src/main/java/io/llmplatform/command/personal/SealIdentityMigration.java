package io.llmplatform.command.personal;

import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.secret.AesGcm;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Version 9 of the schema: names and addresses in {@code identity} are sealed. In Java because SQL must not know the key. The
 * forms are those of {@link SealedColumns}.
 */
@Component
class SealIdentityMigration implements JavaMigration {
    private final PersonKeyBox box;
    private final BlindIndex index;
    private final SecureRandom random;

    SealIdentityMigration(PlatformSettings settings, BlindIndex index, SecureRandom random) {
        this.box = new PersonKeyBox(settings.personalDataKey());
        this.index = index;
        this.random = random;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("9");
    }

    @Override
    public String getDescription() {
        return "sealed identity";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        seal(context.getConnection());
    }

    private void seal(Connection connection) {
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        jdbc.sql("alter table identity.session add column ip_key text").update();
        jdbc.sql("create index session_address on identity.session (user_id, ip_key)")
                .update();
        for (var row : jdbc.sql("select user_id, username, email, display_name from identity.account")
                .query(Person.class)
                .list()) {
            var key = key(jdbc, row.userId);
            jdbc.sql("""
                            update identity.account set username = ?, username_key = ?, email = ?, display_name = ?
                            where user_id = ?""")
                    .param(sealed(row.username, row.userId, key))
                    .param(index.of("user", row.username.toLowerCase(Locale.ROOT)))
                    .param(sealed(row.email, row.userId, key))
                    .param(sealed(row.displayName, row.userId, key))
                    .param(row.userId)
                    .update();
        }
        List<String> names = jdbc.sql("select name from identity.claim where kind = 'user'")
                .query(String.class)
                .list();
        for (var name : names) {
            jdbc.sql("update identity.claim set name = ? where kind = 'user' and name = ?")
                    .params(index.of("user", name), name)
                    .update();
        }
        for (var row : jdbc.sql("select session_id, user_id, ip, user_agent from identity.session")
                .query(Login.class)
                .list()) {
            var key = key(jdbc, row.userId);
            jdbc.sql("update identity.session set ip = ?, ip_key = ?, user_agent = ? where session_id = ?")
                    .param(sealed(row.ip, row.userId, key))
                    .param(row.ip == null ? null : index.of("address", row.userId + '\n' + row.ip))
                    .param(sealed(row.userAgent, row.userId, key))
                    .param(row.sessionId)
                    .update();
        }
    }

    private byte[] key(JdbcClient jdbc, String subject) {
        var found = jdbc.sql("select wrapped_key from identity.person_key where subject = ?")
                .param(subject)
                .query(String.class)
                .optional();
        if (found.isPresent()) {
            return box.unwrap(found.get(), subject);
        }
        var key = new byte[AesGcm.KEY_BYTES];
        random.nextBytes(key);
        jdbc.sql("insert into identity.person_key (subject, wrapped_key) values (?, ?)")
                .params(subject, box.wrap(key, subject))
                .update();
        return key;
    }

    private static @Nullable String sealed(@Nullable String clear, String subject, byte[] key) {
        return clear == null ? null : PersonalData.sealed(clear, subject, key);
    }

    record Person(
            String userId,
            String username,
            @Nullable String email,
            @Nullable String displayName) {}

    record Login(
            String sessionId,
            String userId,
            @Nullable String ip,
            @Nullable String userAgent) {}
}
