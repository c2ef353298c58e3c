package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.topic.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoryProjectionIT {
    private static final List<String> PROJECTIONS = List.of(
            "users",
            "teams",
            "api_keys",
            "providers",
            "models",
            "prices",
            "platform_settings",
            "signing_keys",
            "closed_sessions",
            "gateway_config",
            "audit");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

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
            assertThat(world.rows("""
                            select scopes, allowed_ips, limits, budgets, cache, metadata
                            from readmodel.api_key where id = 'key_a'"""))
                    .containsExactly("{\"cache\": false, \"limits\": {\"concurrency\": 2, \"tokens_per_minute\": 5000,"
                            + " \"requests_per_minute\": 20}, \"scopes\": [\"embeddings\"], \"budgets\": [{\"amount\":"
                            + " 1.5, \"period\": \"day\", \"currency\": \"USD\"}], \"metadata\": {\"project\":"
                            + " \"apollo\"}, \"allowed_ips\": [\"10.0.0.0/8\", \"::1\"]}");
            assertThat(world.rows(
                            "select name, status, version, limits->'tokens_per_minute' as tokens from readmodel.team"
                                    + " where id = 'team_a'"))
                    .containsExactly(
                            "{\"name\": \"Crew a\", \"status\": \"disabled\", \"tokens\": 5000, \"version\": 2}");
            assertThat(world.rows("select team_id, limits->'concurrency' as c, budgets->0->'period' as p"
                            + " from readmodel.users where id = 'usr_a'"))
                    .containsExactly("{\"c\": 2, \"p\": \"day\", \"team_id\": \"team_a\"}");
            assertThat(world.rows("select routing->>'strategy' as s, limits->'concurrency' as c, cache"
                            + " from readmodel.model where id = 'mdl_a'"))
                    .containsExactly("{\"c\": 2, \"s\": \"least-busy\", \"cache\": {\"ttl_seconds\": 60}}");
            assertThat(world.rows("select priority, condition->'stream' as s, price->'input' as i"
                            + " from readmodel.deployment where model_id = 'mdl_a'"))
                    .containsExactly("{\"i\": 0.28, \"s\": true, \"priority\": 1}");
            assertThat(world.rows("select catalog from readmodel.model where id = 'mdl_a'"))
                    .containsExactly("{\"catalog\": {\"context_window\": 1000, \"output_modalities\": [\"text\"]}}");
            assertThat(
                            world.rows(
                                    "select number, corrects as c, corrected_by as by, rates->'input' as i,"
                                            + " (effective_until at time zone 'UTC')::date::text as u from readmodel.price_version where model_id = 'mdl_a'"))
                    .containsExactly(
                            "{\"c\": 2, \"i\": 4, \"u\": null, \"by\": null, \"number\": 3}",
                            "{\"c\": null, \"i\": 2, \"u\": \"2027-02-01\", \"by\": null, \"number\": 1}",
                            "{\"c\": null, \"i\": 3, \"u\": null, \"by\": 3, \"number\": 2}");
            assertThat(world.rows("select version, details from readmodel.platform_settings"))
                    .containsExactly("{\"details\": {\"max_attempts\": 2}, \"version\": 0}");
            assertThat(world.rows("select id from readmodel.signing_key where id = 'kid_a' and retired_at is not null"))
                    .hasSize(1);
            assertThat(world.rows("select id from readmodel.closed_session where id like 'ses_%a'"))
                    .containsExactly("{\"id\": \"ses_a\"}");
            try (var again = world.fromZero()) {
                again.start();
                PROJECTIONS.forEach(name -> again.awaitPosition(name, World.lastPosition(events)));
                for (var table : List.of(
                        "users",
                        "team",
                        "api_key",
                        "provider",
                        "model",
                        "deployment",
                        "price_version",
                        "closed_session",
                        "gateway_config")) {
                    var own = "select * from readmodel." + table + " t where to_jsonb(t)::text like '%\\_a\"%'";
                    assertThat(again.rows(own)).as(table).isNotEmpty().isEqualTo(world.rows(own));
                }
            }
            world.forget("usr_a");
            try (var forgetting = world.fromZero()) {
                forgetting.start();
                forgetting.awaitPosition("users", World.lastPosition(events));
                assertThat(forgetting.rows(
                                "select username, display_name, role from readmodel.users where id = 'usr_a'"))
                        .containsExactly(
                                "{\"role\": \"auditor\", \"username\": \"erased\", \"display_name\": \"erased\"}");
            }
        }
    }

    @Test
    void keepsManagersServiceKeysRotationsAndInvitations() {
        var until = Instant.parse("2030-01-01T00:00:00Z");
        var team = "team_m";
        var details = new ApiKeyEvent.Details("robot", List.of("gpt-4o"), null, null, null, null, null, null, null);
        var person = new UserEvent.Details(null, null, Role.MANAGER, team, null, null);
        var events = new ArrayList<EventEnvelope>();
        events.addAll(World.history(
                team,
                new TeamEvent.TeamCreated(team, new TeamEvent.Details("Managed", null, null)),
                new TeamEvent.TeamManagerAdded(team, "usr_m1"),
                new TeamEvent.TeamManagerAdded(team, "usr_m2"),
                new TeamEvent.TeamManagerRemoved(team, "usr_m1")));
        events.addAll(World.history(
                "key_m",
                new ApiKeyEvent.ServiceKeyIssued("key_m", team, "sk-1", "hash-1", details),
                new ApiKeyEvent.ApiKeyRotated("key_m", "sk-2", "hash-2", "sk-1", "hash-1", until),
                new ApiKeyEvent.ApiKeyDisabled("key_m"),
                new ApiKeyEvent.ApiKeyEnabled("key_m")));
        events.addAll(World.history(
                "usr_f1",
                new UserEvent.UserCreated("usr_f1", new Personal("usr_f1", "usr_f1"), person),
                new UserEvent.SecondFactorEnrolled("usr_f1"),
                new UserEvent.RecoveryCodeUsed("usr_f1", 9)));
        events.addAll(World.history(
                "usr_f2",
                new UserEvent.UserCreated("usr_f2", new Personal("usr_f2", "usr_f2"), person),
                new UserEvent.SecondFactorEnrolled("usr_f2"),
                new UserEvent.SecondFactorRemoved("usr_f2", UserEvent.RemovedBy.CODE)));
        for (var user : List.of("usr_m2", "usr_m3", "usr_m4")) {
            events.addAll(World.history(
                    user,
                    new UserEvent.UserCreated(user, new Personal(user, user), person),
                    new UserEvent.UserInvited(user, until),
                    switch (user) {
                        case "usr_m3" -> new UserEvent.InvitationAccepted(user);
                        case "usr_m4" -> new UserEvent.UserDisabled(user);
                        default -> new UserEvent.UserInvited(user, until.plusSeconds(60));
                    }));
        }
        try (var world = World.shared()) {
            world.start();
            world.publish(events);
            world.publish(events);
            List.of("users", "teams", "api_keys", "gateway_config")
                    .forEach(name -> world.awaitPosition(name, World.lastPosition(events)));

            assertThat(world.rows("select user_id from readmodel.team_manager where team_id = 'team_m'"))
                    .containsExactly("{\"user_id\": \"usr_m2\"}");
            assertThat(world.rows("select version from readmodel.team where id = 'team_m'"))
                    .containsExactly("{\"version\": 3}");
            assertThat(world.rows("select prefix, user_id, team_id, previous_prefix as was, status,"
                            + " previous_until = timestamptz '2030-01-01 00:00Z' as u"
                            + " from readmodel.api_key where id = 'key_m'"))
                    .containsExactly("{\"u\": true, \"was\": \"sk-1\", \"prefix\": \"sk-2\", \"status\": \"active\","
                            + " \"team_id\": \"team_m\", \"user_id\": null}");
            assertThat(world.rows("select id, status, to_char(invited_until at time zone 'UTC', 'HH24:MI') as u"
                            + " from readmodel.users where id like 'usr\\_m%'"))
                    .containsExactly(
                            "{\"u\": \"00:01\", \"id\": \"usr_m2\", \"status\": \"active\"}",
                            "{\"u\": null, \"id\": \"usr_m3\", \"status\": \"active\"}",
                            "{\"u\": null, \"id\": \"usr_m4\", \"status\": \"disabled\"}");
            assertThat(world.rows(
                            "select id, version, second_factor as f from readmodel.users where id like 'usr\\_f%'"))
                    .containsExactlyInAnyOrder(
                            "{\"f\": true, \"id\": \"usr_f1\", \"version\": 2}",
                            "{\"f\": false, \"id\": \"usr_f2\", \"version\": 2}");
            var topic = Topic.latest(world.kafka, Topics.GATEWAY_CONFIG);
            assertThat(config(topic.get("api_key/key_m"), ConfigRecord.ApiKey.class))
                    .matches(key -> key.active()
                            && key.userId() == null
                            && team.equals(key.teamId())
                            && key.hash().equals("hash-2")
                            && "hash-1".equals(key.previousHash())
                            && until.equals(key.previousUntil())
                            && List.of("gpt-4o").equals(key.allowedModels()));
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
                    .isEqualTo(new ConfigRecord.User(
                            "usr_g",
                            events.get(3).position(),
                            false,
                            Role.AUDITOR,
                            "team_g",
                            new Limits(10L, null, 2),
                            List.of(new Budget(Budget.Period.DAY, new BigDecimal("1.5"), "USD")),
                            World.sealingKey("usr_g")));
            assertThat(config(topic.get("team/team_g"), ConfigRecord.Team.class))
                    .matches(team -> !team.active()
                            && new Limits(20L, 5000L, 2).equals(team.limits())
                            && team.budgets().size() == 1);
            assertThat(config(topic.get("api_key/key_g"), ConfigRecord.ApiKey.class))
                    .matches(key -> !key.active()
                            && key.hash().equals("hash-of-g")
                            && key.userId().equals("usr_g")
                            && key.scopes().equals(List.of("embeddings"))
                            && key.allowedIps().size() == 2
                            && key.limits().requestsPerMinute() == 20
                            && key.budgets().size() == 1
                            && !key.cache()
                            && key.metadata().equals(Map.of("project", "apollo")));
            assertThat(config(topic.get("provider/prv_g"), ConfigRecord.Provider.class))
                    .matches(provider -> provider.active()
                            && provider.baseUrl().endsWith("/v2")
                            && new SealedSecret(1, "d3JhcHBlZDI=", "Y2lwaGVyMg==").equals(provider.secret()));
            assertThat(config(topic.get("model/mdl_g"), ConfigRecord.Model.class))
                    .matches(model -> model.active() && model.deployments().size() == 1)
                    .matches(model -> model.routing().sticky().equals("user")
                            && model.limits().concurrency() == 2
                            && model.cache().equals(new CacheRule(60))
                            && model.deployments().getFirst().when().maxPromptTokens() == 4000
                            && model.deployments().getFirst().priority() == 1)
                    .extracting(model -> model.price().input())
                    .isEqualTo(new BigDecimal("0.28"));
            assertThat(config(topic.get("price_book/prc_g"), ConfigRecord.PriceBook.class))
                    .matches(book -> book.modelId().equals("mdl_g"))
                    .extracting(book ->
                            book.versions().stream().map(PriceVersion::number).toList())
                    .isEqualTo(List.of(1, 3));
            assertThat(config(topic.get("platform_settings/set_platform"), ConfigRecord.Settings.class))
                    .extracting(settings -> settings.values().maxAttempts())
                    .isEqualTo(2);
            assertThat(config(topic.get("signing_key/kid_g"), ConfigRecord.SigningKey.class))
                    .matches(key -> key.publicKey().equals("cHVibGlj") && key.retired());
            assertThat(config(topic.get("session/ses_g"), ConfigRecord.ClosedSession.class)
                            .tokensExpireAt())
                    .isEqualTo(FAR);
            assertThat(topic.get("session/ses_old_g")).as("a tombstone").isNull();
        }
    }

    private static <R extends ConfigRecord> R config(String json, Class<R> type) {
        return type.cast(ContractJson.mapper().readValue(json, ConfigRecord.class));
    }

    private static Rates rates(String input) {
        return new ModelEvent.Price("USD", new BigDecimal(input), BigDecimal.TEN, null).toRates();
    }

    /** A bit of everything that can happen, on one entity of each type. */
    static List<EventEnvelope> story(String name) {
        var user = "usr_" + name;
        var key = "key_" + name;
        var provider = "prv_" + name;
        var model = "mdl_" + name;
        var team = "team_" + name;
        var few = new Limits(10L, null, 2);
        var more = new Limits(20L, 5000L, 2);
        var daily = List.of(new Budget(Budget.Period.DAY, new BigDecimal("1.5"), "USD"));
        var email =
                new UserEvent.Details(new Personal(user, name + "@example.com"), null, Role.MEMBER, null, null, null);
        var chinese = new UserEvent.Details(null, new Personal(user, "张三"), Role.AUDITOR, team, few, daily);
        var keyDetails = new ApiKeyEvent.Details("ci", null, null, null, null, few, null, null, null);
        var v1 = new ProviderEvent.Details("Example", "openai", "https://api.example.com/v1");
        var v2 = new ProviderEvent.Details("Example", "openai", "https://api.example.com/v2");
        var first = new ModelEvent.Deployment("dep_1", provider, "up-1", 1, null, null, null, null);
        var price = new ModelEvent.Price("USD", new BigDecimal("0.28"), new BigDecimal("0.42"), null);
        var streams = new Condition(List.of("chat.completions"), true, null, 4000L, Map.of("tier", "gold"));
        var second = new ModelEvent.Deployment("dep_2", provider, "up-2", 7, 1, streams, few, price);
        var routing = new Routing(Routing.Strategy.LEAST_BUSY, List.of("spare"), "user");
        var events = new ArrayList<EventEnvelope>();
        events.addAll(World.history(
                user,
                new UserEvent.UserCreated(user, new Personal(user, "name-" + name), email),
                new UserEvent.UserEdited(user, email, chinese),
                new UserEvent.UserPasswordChanged(user),
                new UserEvent.UserDisabled(user)));
        var teamBefore = new TeamEvent.Details("Team " + name, few, null);
        events.addAll(World.history(
                team,
                new TeamEvent.TeamCreated(team, teamBefore),
                new TeamEvent.TeamEdited(team, teamBefore, new TeamEvent.Details("Crew " + name, more, daily)),
                new TeamEvent.TeamDisabled(team)));
        events.addAll(World.history(
                key,
                new ApiKeyEvent.ApiKeyIssued(key, user, "sk-000000000000", "hash-of-" + name, keyDetails),
                new ApiKeyEvent.ApiKeyEdited(
                        key,
                        keyDetails,
                        new ApiKeyEvent.Details(
                                "ci, renamed",
                                List.of("gpt-4o"),
                                java.time.Instant.parse("2030-01-01T00:00:00Z"),
                                List.of("embeddings"),
                                List.of("10.0.0.0/8", "::1"),
                                more,
                                daily,
                                false,
                                Map.of("project", "apollo"))),
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
                        model,
                        new ModelEvent.Details("model-" + name, List.of(first, second), price, null, null, null)),
                new ModelEvent.ModelEdited(
                        model,
                        new ModelEvent.Details("model-" + name, List.of(first, second), price, null, null, null),
                        new ModelEvent.Details(
                                "model-" + name,
                                List.of(second),
                                price,
                                routing,
                                more,
                                new CacheRule(60),
                                new ModelEvent.Catalog(null, 1000L, null, null, List.of("text"), null))),
                new ModelEvent.ModelDisabled(model),
                new ModelEvent.ModelEnabled(model)));
        var book = "prc_" + name;
        var january = new PriceVersion(1, Instant.parse("2027-01-01T00:00:00Z"), rates("2"), null);
        var february = new PriceVersion(2, Instant.parse("2027-02-01T00:00:00Z"), rates("3"), null);
        events.addAll(World.history(
                book,
                new PriceBookEvent.PriceVersionAdded(book, model, "model-" + name, january),
                new PriceBookEvent.PriceVersionAdded(book, model, "model-" + name, february),
                new PriceBookEvent.PriceVersionCorrected(
                        book,
                        model,
                        "model-" + name,
                        february,
                        new PriceVersion(3, february.effectiveFrom(), rates("4"), 2))));
        events.addAll(World.history(
                PlatformSettingsEvent.ID,
                new PlatformSettingsEvent.PlatformSettingsChanged(
                        PlatformSettingsEvent.ID,
                        PlatformSettingsEvent.Details.NONE,
                        new PlatformSettingsEvent.Details(null, 2, null, null, null, null, null))));
        events.addAll(World.history(
                "kid_" + name,
                new SigningKeyPublished("kid_" + name, "Ed25519", "cHVibGlj"),
                new SigningKeyRetired("kid_" + name)));
        events.addAll(World.history(
                "ses_old_" + name,
                new SessionEvent.SessionOpened("ses_old_" + name, user, new Personal(user, "n"), LONG_AGO),
                new SessionEvent.SessionClosed("ses_old_" + name, user, SessionEvent.Reason.LOGOUT, LONG_AGO)));
        events.addAll(World.history(
                "ses_" + name,
                new SessionEvent.SessionOpened("ses_" + name, user, new Personal(user, "n"), FAR),
                new SessionEvent.SessionClosed("ses_" + name, user, SessionEvent.Reason.REUSE, FAR)));
        events.addAll(World.history(
                "lgn_" + name, new LoginFailed("lgn_" + name, null, null, LoginFailed.Reason.UNKNOWN_USER, null)));
        return events;
    }
}
