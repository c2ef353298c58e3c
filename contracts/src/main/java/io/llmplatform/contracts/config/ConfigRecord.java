package io.llmplatform.contracts.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one thing the gateway must know; the latest record of a key replaces the ones before it. Written
 * with a {@code kind} property: {@code user}, {@code team}, {@code api_key}, {@code provider}, {@code model}, {@code signing_key}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConfigRecord.User.class, name = "user"),
    @JsonSubTypes.Type(value = ConfigRecord.Team.class, name = "team"),
    @JsonSubTypes.Type(value = ConfigRecord.ApiKey.class, name = "api_key"),
    @JsonSubTypes.Type(value = ConfigRecord.Provider.class, name = "provider"),
    @JsonSubTypes.Type(value = ConfigRecord.Model.class, name = "model"),
    @JsonSubTypes.Type(value = ConfigRecord.SigningKey.class, name = "signing_key")
})
public sealed interface ConfigRecord {
    /** Position of the domain event it results from; a record with a lower version than the one held is ignored. */
    long version();

    /** The Kafka record key, such as {@code api_key/key_01k9…}. */
    String key();

    record User(
            String id,
            long version,
            boolean active,
            Role role,
            @Nullable String teamId,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets)
            implements ConfigRecord {
        @Override
        public String key() {
            return "user/" + id;
        }
    }

    /** A disabled team's members and service keys are refused. */
    record Team(
            String id,
            long version,
            boolean active,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets) implements ConfigRecord {
        @Override
        public String key() {
            return "team/" + id;
        }
    }

    /**
     * {@code active} is false once disabled or revoked.
     *
     * @param userId        the owner; absent for a service key
     * @param teamId        the owner of a service key, absent otherwise: a person's team stands at the person
     * @param previousHash  of the secret before, which works until {@code previousUntil}
     */
    record ApiKey(
            String id,
            long version,
            boolean active,
            @Nullable String userId,
            @Nullable String teamId,
            String hash,
            @Nullable String previousHash,
            @Nullable Instant previousUntil,
            @Nullable List<String> allowedModels,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes,
            @Nullable List<String> allowedIps,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets,
            @Nullable Boolean cache,
            @Nullable Map<String, String> metadata)
            implements ConfigRecord {
        @Override
        public String key() {
            return "api_key/" + id;
        }
    }

    record Provider(
            String id,
            long version,
            boolean active,
            String name,
            String type,
            String baseUrl,
            @Nullable SealedSecret secret)
            implements ConfigRecord {
        @Override
        public String key() {
            return "provider/" + id;
        }
    }

    record Model(
            String id,
            long version,
            boolean active,
            String name,
            List<ModelEvent.Deployment> deployments,
            ModelEvent.@Nullable Price price,
            @Nullable Routing routing,
            @Nullable Limits limits,
            @Nullable CacheRule cache,
            Instant createdAt)
            implements ConfigRecord {
        @Override
        public String key() {
            return "model/" + id;
        }
    }

    record SigningKey(String id, long version, String algorithm, String publicKey) implements ConfigRecord {
        @Override
        public String key() {
            return "signing_key/" + id;
        }
    }
}
