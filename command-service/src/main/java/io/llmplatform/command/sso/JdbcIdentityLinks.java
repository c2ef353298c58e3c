package io.llmplatform.command.sso;

import io.llmplatform.command.personal.SealedColumns;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.sso_link}. */
@Component
class JdbcIdentityLinks implements IdentityLinks {
    private final JdbcClient jdbc;
    private final SealedColumns sealed;

    JdbcIdentityLinks(JdbcClient jdbc, SealedColumns sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    @Override
    public boolean link(String userId, String issuer, String subject) {
        return jdbc.sql("insert into identity.sso_link (identity_key, user_id) values (?, ?) on conflict do nothing")
                        .params(key(issuer, subject), userId)
                        .update()
                == 1;
    }

    @Override
    public void unlink(String userId) {
        jdbc.sql("delete from identity.sso_link where user_id = ?")
                .param(userId)
                .update();
    }

    @Override
    public Optional<String> userOf(String issuer, String subject) {
        return jdbc.sql("select user_id from identity.sso_link where identity_key = ?")
                .param(key(issuer, subject))
                .query(String.class)
                .optional();
    }

    private String key(String issuer, String subject) {
        return sealed.indexed("single-sign-on", issuer + '\n' + subject);
    }
}
