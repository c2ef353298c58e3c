package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.topic.Topics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryProjectionIT {
    private static final List<String> PROJECTIONS =
            List.of("users", "api_keys", "providers", "models", "signing_keys", "gateway_config", "audit");

    @Test
    void keepsTheStateOfEveryEntityThroughDuplicatesAndFromZero() {
        var events = story("a");
        try (var world = World.shared()) {
            world.start();
            world.publish(events);
            world.publish(events);
            PROJECTIONS.forEach(name -> world.awaitPosition(name, World.lastPosition(events)));

            assertThat(world.jdbc()
                            .sql(
                                    "select version, display_name, email, role, status from readmodel.users where id = 'usr_a'")
                            .query()
                            .singleRow())
                    .containsEntry("version", 3L)
                    .containsEntry("display_name", "张三")
                    .containsEntry("email", null)
                    .containsEntry("role", "auditor")
                    .containsEntry("status", "disabled");
            assertThat(world.jdbc()
                            .sql(
                                    "select name, status, version, allowed_models[1] as m, expires_at::date::text as e from readmodel.api_key where id = 'key_a'")
                            .query()
                            .singleRow())
                    .containsEntry("name", "ci, renamed")
                    .containsEntry("status", "revoked")
                    .containsEntry("version", 2L)
                    .containsEntry("m", "gpt-4o")
                    .containsEntry("e", "2030-01-01");
            assertThat(world.jdbc()
                            .sql("select has_api_key, base_url from readmodel.provider where id = 'prv_a'")
                            .query()
                            .singleRow())
                    .containsEntry("has_api_key", true)
                    .containsEntry("base_url", "https://api.example.com/v2");
            assertThat(world.rows("select id, weight from readmodel.deployment where model_id = 'mdl_a'"))
                    .containsExactly("{\"id\": \"dep_2\", \"weight\": 7}");
            assertThat(world.rows("select id from readmodel.signing_key where id = 'kid_a'"))
                    .hasSize(1);
            try (var again = world.fromZero()) {
                again.start();
                PROJECTIONS.forEach(name -> again.awaitPosition(name, World.lastPosition(events)));
                for (var table : List.of("users", "api_key", "provider", "model", "deployment", "gateway_config")) {
                    var own = "select * from readmodel." + table + " t where to_jsonb(t)::text like '%\\_a\"%'";
                    assertThat(again.rows(own)).as(table).isNotEmpty().isEqualTo(world.rows(own));
                }
            }
        }
    }

    @Test
    void tellsTheGatewayWholeRecords() {
        var events = story("g");
        try (var world = World.shared()) {
            world.start();
            world.publish(events);
            world.awaitPosition("gateway_config", World.lastPosition(events));

            var topic = Topic.latest(world.kafka, Topics.GATEWAY_CONFIG);

            assertThat(config(topic.get("user/usr_g"), ConfigRecord.User.class))
                    .matches(user -> !user.active() && user.role() == Role.AUDITOR);
            assertThat(config(topic.get("api_key/key_g"), ConfigRecord.ApiKey.class))
                    .matches(key -> !key.active()
                            && key.hash().equals("hash-of-g")
                            && key.userId().equals("usr_g"));
            assertThat(config(topic.get("provider/prv_g"), ConfigRecord.Provider.class))
                    .matches(provider -> provider.active()
                            && provider.baseUrl().endsWith("/v2")
                            && new SealedSecret(1, "d3JhcHBlZDI=", "Y2lwaGVyMg==").equals(provider.secret()));
            assertThat(config(topic.get("model/mdl_g"), ConfigRecord.Model.class))
                    .matches(model -> model.active() && model.deployments().size() == 1)
                    .extracting(model -> model.price().input())
                    .isEqualTo(new BigDecimal("0.28"));
            assertThat(config(topic.get("signing_key/kid_g"), ConfigRecord.SigningKey.class))
                    .matches(key -> key.publicKey().equals("cHVibGlj"));
        }
    }

    private static <R extends ConfigRecord> R config(String json, Class<R> type) {
        return type.cast(ContractJson.mapper().readValue(json, ConfigRecord.class));
    }

    /** A bit of everything that can happen, on one entity of each type. */
    static List<EventEnvelope> story(String name) {
        var user = "usr_" + name;
        var key = "key_" + name;
        var provider = "prv_" + name;
        var model = "mdl_" + name;
        var email = new UserEvent.Details(new Personal(user, name + "@example.com"), null, Role.MEMBER);
        var chinese = new UserEvent.Details(null, new Personal(user, "张三"), Role.AUDITOR);
        var keyDetails = new ApiKeyEvent.Details("ci", null, null);
        var v1 = new ProviderEvent.Details("Example", "openai", "https://api.example.com/v1");
        var v2 = new ProviderEvent.Details("Example", "openai", "https://api.example.com/v2");
        var first = new ModelEvent.Deployment("dep_1", provider, "up-1", 1);
        var second = new ModelEvent.Deployment("dep_2", provider, "up-2", 7);
        var price = new ModelEvent.Price("USD", new BigDecimal("0.28"), new BigDecimal("0.42"), null);
        var events = new ArrayList<EventEnvelope>();
        events.addAll(World.history(
                user,
                new UserEvent.UserCreated(user, new Personal(user, "name-" + name), email),
                new UserEvent.UserEdited(user, email, chinese),
                new UserEvent.UserPasswordChanged(user),
                new UserEvent.UserDisabled(user)));
        events.addAll(World.history(
                key,
                new ApiKeyEvent.ApiKeyIssued(key, user, "sk-000000000000", "hash-of-" + name, keyDetails),
                new ApiKeyEvent.ApiKeyEdited(
                        key,
                        keyDetails,
                        new ApiKeyEvent.Details(
                                "ci, renamed", List.of("gpt-4o"), java.time.Instant.parse("2030-01-01T00:00:00Z"))),
                new ApiKeyEvent.ApiKeyRevoked(key)));
        events.addAll(World.history(
                provider,
                new ProviderEvent.ProviderCreated(provider, v1, new SealedSecret(1, "d3JhcHBlZDE=", "Y2lwaGVyMQ==")),
                new ProviderEvent.ProviderEdited(provider, v1, v2),
                new ProviderEvent.ProviderSecretRotated(
                        provider, new SealedSecret(1, "d3JhcHBlZDI=", "Y2lwaGVyMg=="))));
        events.addAll(World.history(
                model,
                new ModelEvent.ModelCreated(
                        model, new ModelEvent.Details("model-" + name, List.of(first, second), price)),
                new ModelEvent.ModelEdited(
                        model,
                        new ModelEvent.Details("model-" + name, List.of(first, second), price),
                        new ModelEvent.Details("model-" + name, List.of(second), price)),
                new ModelEvent.ModelDisabled(model),
                new ModelEvent.ModelEnabled(model)));
        events.addAll(World.history("kid_" + name, new SigningKeyPublished("kid_" + name, "Ed25519", "cHVibGlj")));
        return events;
    }
}
