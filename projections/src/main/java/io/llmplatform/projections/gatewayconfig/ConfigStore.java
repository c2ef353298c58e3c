package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.SqlFile;
import io.llmplatform.projections.runtime.Target;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The records as last published, in {@code readmodel.gateway_config}. */
@Component
class ConfigStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String save = SqlFile.read("gateway-config-save");
    private final String lockAll = SqlFile.read("gateway-config-lock-all");
    private final String forgetSessions = SqlFile.read("gateway-config-forget-sessions");

    ConfigStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Nullable
    ConfigRecord find(String key) {
        return jdbc.sql("select record from gateway_config where key = ?")
                .params(key)
                .query(String.class)
                .optional()
                .map(ConfigStore::parse)
                .orElse(null);
    }

    void save(Collection<ConfigRecord> records) {
        for (var record : records) {
            jdbc.sql(save)
                    .param("key", record.key())
                    .param("version", record.version())
                    .param("record", ContractJson.mapper().writeValueAsString(record))
                    .update();
        }
    }

    /** Deletes closed sessions whose last token expired before that instant; their keys. */
    List<String> forgetSessions(Instant before) {
        return jdbc.sql(forgetSessions)
                .param("before", Timestamp.from(before))
                .query(String.class)
                .list();
    }

    /** Keys of a build that the live one does not have. */
    List<String> keysOnlyIn(JdbcClient connection, Target retired) {
        return connection
                .sql("select key from \"%s\".gateway_config except select key from readmodel.gateway_config"
                        .formatted(retired.schema()))
                .query(String.class)
                .list();
    }

    /** Hands over all records while none of them can change, so that what is told is not older than the topic. */
    void forEachLocked(Consumer<List<ConfigRecord>> action) {
        transaction.executeWithoutResult(status -> action.accept(jdbc.sql(lockAll).query(String.class).list().stream()
                .map(ConfigStore::parse)
                .toList()));
    }

    private static ConfigRecord parse(String json) {
        return ContractJson.mapper().readValue(json, ConfigRecord.class);
    }
}
