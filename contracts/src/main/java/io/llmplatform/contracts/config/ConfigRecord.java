package io.llmplatform.contracts.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one thing the gateway must know; the latest record of a key replaces the ones before it. Written
 * with a {@code kind} property: {@code user}, {@code team}, {@code api_key}, {@code provider}, {@code model}, {@code price_book}, {@code platform_settings},
 * {@code signing_key}, {@code session}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConfigRecord.User.class, name = "user"),
    @JsonSubTypes.Type(value = ConfigRecord.Team.class, name = "team"),
    @JsonSubTypes.Type(value = ConfigRecord.ApiKey.class, name = "api_key"),
    @JsonSubTypes.Type(value = ConfigRecord.Provider.class, name = "provider"),
    @JsonSubTypes.Type(value = ConfigRecord.Model.class, name = "model"),
    @JsonSubTypes.Type(value = ConfigRecord.PriceBook.class, name = "price_book"),
    @JsonSubTypes.Type(value = ConfigRecord.Settings.class, name = "platform_settings"),
    @JsonSubTypes.Type(value = ConfigRecord.SigningKey.class, name = "signing_key"),
    @JsonSubTypes.Type(value = ConfigRecord.ClosedSession.class, name = "session")
})
public sealed interface ConfigRecord {
    /** Position of the domain event it results from; a record with a lower version than the one held is ignored. */
    long version();

    /** The Kafka record key, such as {@code api_key/key_01k9…}. */
    String key();

    /** @param sealingKey {@link io.llmplatform.contracts.personal.PersonSeal#publicKey}; absent when the person has none (any more) */
    record User(
            String id,
            long version,
            boolean active,
            Role role,
            @Nullable String teamId,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets,
            @Nullable String sealingKey)
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
            ModelEvent.@Nullable Catalog catalog,
            Instant createdAt)
            implements ConfigRecord {
        /** Nothing said about what it can do. */
        public Model(
                String id,
                long version,
                boolean active,
                String name,
                List<ModelEvent.Deployment> deployments,
                ModelEvent.@Nullable Price price,
                @Nullable Routing routing,
                @Nullable Limits limits,
                @Nullable CacheRule cache,
                Instant createdAt) {
            this(id, version, active, name, deployments, price, routing, limits, cache, null, createdAt);
        }

        @Override
        public String key() {
            return "model/" + id;
        }
    }

    /** @param versions those that no correction stands in for, in the order in which they begin */
    record PriceBook(String id, long version, String modelId, List<PriceVersion> versions) implements ConfigRecord {
        @Override
        public String key() {
            return "price_book/" + id;
        }
    }

    record Settings(String id, long version, PlatformSettingsEvent.Details values) implements ConfigRecord {
        @Override
        public String key() {
            return "platform_settings/" + id;
        }
    }

    /** @param retired true when tokens of this key are refused */
    record SigningKey(
            String id,
            long version,
            String algorithm,
            String publicKey,
            @Nullable Boolean retired) implements ConfigRecord {
        @Override
        public String key() {
            return "signing_key/" + id;
        }
    }

    /**
     * A session whose access tokens are refused although they have not expired. A tombstone follows when they have.
     *
     * @param tokensExpireAt when the last one expires
     */
    record ClosedSession(String id, long version, Instant tokensExpireAt) implements ConfigRecord {
        @Override
        public String key() {
            return "session/" + id;
        }
    }
}
