package io.llmplatform.command.login;

import io.llmplatform.command.settings.PlatformSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.login_throttle}. Keys are hashed under a secret: what is typed as a name may be a password. */
@Component
class ThrottleRows {
    /** Not the moment of writing: an attempt that began just before, or by a slower clock, would wait for it. */
    static final Instant NO_PAUSE = Instant.EPOCH;

    private final JdbcClient jdbc;
    private final SecretKeySpec secret;

    ThrottleRows(JdbcClient jdbc, PlatformSettings settings) {
        this.jdbc = jdbc;
        this.secret = new SecretKeySpec(settings.apiKeyPepper(), "HmacSHA256");
    }

    Key key(ThrottleRule rule, String subject) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            var text = "login-throttle\n" + rule + '\n' + subject;
            return new Key(rule, mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    /** The row, made if need be, and nobody else's until the transaction ends. */
    Row lock(Key key, Instant now) {
        jdbc.sql("""
                        insert into identity.login_throttle (kind, key, failures, paused_until, forget_at)
                        values (:kind, :key, 0, :no_pause, :now) on conflict do nothing""")
                .param("kind", key.kind())
                .param("key", key.hash())
                .param("no_pause", utc(NO_PAUSE))
                .param("now", utc(now))
                .update();
        return jdbc.sql("""
                        select failures, paused_until, forget_at from identity.login_throttle
                        where kind = ? and key = ? for update""")
                .params(key.kind(), key.hash())
                .query((row, _) -> new Row(
                        row.getInt("failures"),
                        row.getObject("paused_until", OffsetDateTime.class).toInstant(),
                        row.getObject("forget_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    void save(Key key, int failures, Instant pausedUntil, Instant forgetAt) {
        jdbc.sql("""
                        update identity.login_throttle set failures = ?, paused_until = ?, forget_at = ?
                        where kind = ? and key = ?""")
                .params(failures, utc(pausedUntil), utc(forgetAt), key.kind(), key.hash())
                .update();
    }

    /** One failure less, and the pause that it began. */
    void takeBack(Key key) {
        jdbc.sql("""
                        update identity.login_throttle set failures = greatest(failures - 1, 0), paused_until = ?
                        where kind = ? and key = ?""").params(utc(NO_PAUSE), key.kind(), key.hash()).update();
    }

    void forget(Key key) {
        jdbc.sql("delete from identity.login_throttle where kind = ? and key = ?")
                .params(key.kind(), key.hash())
                .update();
    }

    void forgetOld(Instant now) {
        jdbc.sql("delete from identity.login_throttle where forget_at < ?")
                .param(utc(now))
                .update();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    record Key(ThrottleRule rule, byte[] hash) {
        String kind() {
            return rule.name().toLowerCase(Locale.ROOT);
        }
    }

    record Row(int failures, Instant pausedUntil, Instant forgetAt) {}
}
