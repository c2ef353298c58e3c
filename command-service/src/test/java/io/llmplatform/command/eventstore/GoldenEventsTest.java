package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.personal.FakePersonKeyStore;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyDisabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEdited;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEnabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyIssued;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.event.AttemptEvent;
import io.llmplatform.contracts.event.AttemptEvent.AccessDenied;
import io.llmplatform.contracts.event.AttemptEvent.AttemptsLeftOut;
import io.llmplatform.contracts.event.AttemptEvent.CommandRefused;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventHistory;
import io.llmplatform.contracts.event.EventType;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.ModelEvent.ModelCreated;
import io.llmplatform.contracts.event.ModelEvent.ModelDisabled;
import io.llmplatform.contracts.event.ModelEvent.ModelEdited;
import io.llmplatform.contracts.event.ModelEvent.ModelEnabled;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent.PlatformSettingsChanged;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionAdded;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionCorrected;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.ComparisonRequested;
import io.llmplatform.contracts.event.ProjectionEvent.DiscardRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildCancelled;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildPaused;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RebuildResumed;
import io.llmplatform.contracts.event.ProjectionEvent.RedriveRequested;
import io.llmplatform.contracts.event.ProjectionEvent.RollbackRequested;
import io.llmplatform.contracts.event.ProjectionEvent.SwapRequested;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.ProviderEvent.ProviderCreated;
import io.llmplatform.contracts.event.ProviderEvent.ProviderDisabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEdited;
import io.llmplatform.contracts.event.ProviderEvent.ProviderEnabled;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRewrapped;
import io.llmplatform.contracts.event.ProviderEvent.ProviderSecretRotated;
import io.llmplatform.contracts.event.SavedSearchEvent;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.SessionEvent.SessionClosed;
import io.llmplatform.contracts.event.SessionEvent.SessionOpened;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.TeamEvent.TeamCreated;
import io.llmplatform.contracts.event.TeamEvent.TeamDisabled;
import io.llmplatform.contracts.event.TeamEvent.TeamEdited;
import io.llmplatform.contracts.event.TeamEvent.TeamEnabled;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.event.UserEvent.UserEdited;
import io.llmplatform.contracts.event.UserEvent.UserEnabled;
import io.llmplatform.contracts.event.UserEvent.UserPasswordChanged;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.secret.SealedSecret;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What was ever stored can be read for ever, and is still written the same. */
class GoldenEventsTest {
    private static final SealedSecret SECRET = new SealedSecret(1, "d3JhcHBlZA==", "Y2lwaGVydGV4dA==");
    private static final UserEvent.Details ANN = new UserEvent.Details(
            new Personal("usr_1", "ann@example.org"), new Personal("usr_1", "Ann"), Role.MEMBER, null, null, null);
    private static final ApiKeyEvent.Details KEY = new ApiKeyEvent.Details(
            "ci", List.of("gpt-4o"), Instant.parse("2030-01-31T12:00:00Z"), null, null, null, null, null, null);
    private static final ProviderEvent.Details OPENAI =
            new ProviderEvent.Details("OpenAI", "openai", "https://api.openai.com/v1");
    private static final ModelEvent.Price PRICE =
            new ModelEvent.Price("USD", new BigDecimal("2.5"), new BigDecimal("10"), new BigDecimal("1.25"));
    private static final ModelEvent.Details GPT = new ModelEvent.Details(
            "gpt-4o",
            List.of(new ModelEvent.Deployment("dep_1", "prv_1", "gpt-4o", 3, null, null, null, null)),
            PRICE,
            null,
            null,
            null);
    private static final PriceVersion ADDED =
            new PriceVersion(1, Instant.parse("2027-01-01T00:00:00Z"), PRICE.toRates(), null);
    private static final Limits LIMITS = new Limits(60L, 100_000L, 5);
    private static final List<Budget> BUDGETS = List.of(
            new Budget(Budget.Period.DAY, new BigDecimal("2.5"), "USD"),
            new Budget(Budget.Period.TOTAL, new BigDecimal("100"), "EUR"));
    private static final TeamEvent.Details CREW = new TeamEvent.Details("Crew", LIMITS, BUDGETS);

    private final FakePersonKeyStore keys = new FakePersonKeyStore();
    private final EventSerializer serializer = EventSerializer.create(keys);

    static Stream<DomainEvent> events() {
        return Stream.of(
                new UserCreated("usr_1", new Personal("usr_1", "ann"), ANN),
                new UserEdited("usr_1", ANN, new UserEvent.Details(null, null, Role.AUDITOR, null, null, null)),
                new UserPasswordChanged("usr_1"),
                new UserEvent.UserInvited("usr_1", Instant.parse("2026-11-26T08:00:00Z")),
                new UserEvent.InvitationAccepted("usr_1"),
                new UserEvent.SecondFactorEnrolled("usr_1"),
                new UserEvent.SecondFactorRemoved("usr_1", UserEvent.RemovedBy.RECOVERY_CODE),
                new UserEvent.RecoveryCodeUsed("usr_1", 9),
                new UserEvent.IdentityLinked("usr_1", "https://id.example.org", new Personal("usr_1", "248289761001")),
                new UserEvent.IdentityUnlinked("usr_1"),
                new UserDisabled("usr_1"),
                new UserEnabled("usr_1"),
                new TeamCreated("team_1", CREW),
                new TeamEdited("team_1", CREW, new TeamEvent.Details("Staff", null, null)),
                new TeamDisabled("team_1"),
                new TeamEnabled("team_1"),
                new TeamEvent.TeamManagerAdded("team_1", "usr_1"),
                new TeamEvent.TeamManagerRemoved("team_1", "usr_1"),
                new SavedSearchEvent.SearchSaved(
                        "scl_1",
                        "usr_1",
                        "sch_1",
                        new Personal("usr_1", "Refusals"),
                        Map.of("entity_type", "attempt"),
                        new Personal("usr_1", "张三")),
                new SavedSearchEvent.SearchForgotten("scl_1", "usr_1", "sch_1"),
                new ApiKeyIssued("key_1", "usr_1", "sk-4fT9abcdEFGH", "aGFzaA", KEY),
                new ApiKeyEdited(
                        "key_1", KEY, new ApiKeyEvent.Details("ci 2", null, null, null, null, null, null, null, null)),
                new ApiKeyDisabled("key_1"),
                new ApiKeyEnabled("key_1"),
                new ApiKeyRevoked("key_1"),
                new ApiKeyEvent.ServiceKeyIssued("key_1", "team_1", "sk-4fT9abcdEFGH", "aGFzaA", KEY),
                new ApiKeyEvent.ApiKeyRotated(
                        "key_1",
                        "sk-9xQ2ijklMNOP",
                        "bmV3",
                        "sk-4fT9abcdEFGH",
                        "aGFzaA",
                        Instant.parse("2026-11-24T08:00:00Z")),
                new ProviderCreated("prv_1", OPENAI, SECRET),
                new ProviderEdited(
                        "prv_1",
                        OPENAI,
                        new ProviderEvent.Details("OpenAI EU", "openai", "https://eu.api.openai.com/v1")),
                new ProviderSecretRotated("prv_1", SECRET),
                new ProviderSecretRewrapped("prv_1", 1, new SealedSecret(2, "cmV3cmFwcGVk", SECRET.ciphertext())),
                new ProviderDisabled("prv_1"),
                new ProviderEnabled("prv_1"),
                new ModelCreated("mdl_1", GPT),
                new ModelEdited("mdl_1", GPT, new ModelEvent.Details("gpt-4o", List.of(), null, null, null, null)),
                new ModelDisabled("mdl_1"),
                new ModelEnabled("mdl_1"),
                new PriceVersionAdded("prc_1", "mdl_1", "gpt-4o", ADDED),
                new PriceVersionCorrected(
                        "prc_1",
                        "mdl_1",
                        "gpt-4o",
                        ADDED,
                        new PriceVersion(
                                2,
                                ADDED.effectiveFrom(),
                                new Rates(
                                        "USD",
                                        new BigDecimal("2.5"),
                                        new BigDecimal("10"),
                                        new BigDecimal("1.25"),
                                        new BigDecimal("3.125"),
                                        new BigDecimal("11"),
                                        new BigDecimal("5"),
                                        new BigDecimal("40"),
                                        new BigDecimal("32"),
                                        new BigDecimal("64"),
                                        new BigDecimal("0.001")),
                                1)),
                new PlatformSettingsChanged(
                        "set_platform",
                        PlatformSettingsEvent.Details.NONE,
                        new PlatformSettingsEvent.Details(500, 2, 2048L, false, LIMITS, true, 13)),
                new SigningKeyPublished("Zk3uA9xQwErTyUiO", "Ed25519", "MCowBQYDK2VwAyEA"),
                new CommandRefused(
                        "att_1",
                        "POST /users/{id}/disable",
                        "user",
                        "usr_1",
                        409,
                        "conflict",
                        "nobody can disable themselves"),
                new AccessDenied("att_2", "POST /providers", "provider", null, "the role member may not do that"),
                new AttemptsLeftOut(
                        "att_3",
                        Instant.parse("2026-11-22T20:00:00Z"),
                        Instant.parse("2026-11-22T20:10:00Z"),
                        12,
                        List.of(new AttemptEvent.LeftOut("usr_1", 12))),
                new RebuildRequested("usage", ProjectionEvent.Swap.WHEN_EQUAL),
                new RebuildPaused("usage"),
                new RebuildResumed("usage"),
                new RebuildCancelled("usage"),
                new ComparisonRequested("usage"),
                new SwapRequested("usage", true),
                new RollbackRequested("usage"),
                new RedriveRequested("usage", 7L),
                new DiscardRequested("usage", 7),
                new SigningKeyRetired("Zk3uA9xQwErTyUiO"),
                new SessionOpened(
                        "ses_1", "usr_1", new Personal("usr_1", "ann"), Instant.parse("2030-01-31T12:00:00Z")),
                new SessionClosed(
                        "ses_1", "usr_1", SessionEvent.Reason.PASSWORD_CHANGED, Instant.parse("2030-01-31T12:15:00Z")),
                new LoginFailed("lgn_1", "usr_1", new Personal("usr_1", "ann"), LoginFailed.Reason.WRONG_PASSWORD, 3L));
    }

    /** Events that got more fields since: with all of them, beside the files of the form they had before. */
    static Stream<DomainEvent> later() {
        var streams = new Condition(List.of("chat.completions"), true, 10L, 4000L, Map.of("tier", "gold"));
        return Stream.of(
                new UserCreated(
                        "usr_1",
                        new Personal("usr_1", "ann"),
                        new UserEvent.Details(null, null, Role.MEMBER, "team_1", LIMITS, BUDGETS)),
                new ApiKeyIssued(
                        "key_1",
                        "usr_1",
                        "sk-4fT9abcdEFGH",
                        "aGFzaA",
                        new ApiKeyEvent.Details(
                                "ci",
                                null,
                                null,
                                List.of("chat.completions", "embeddings"),
                                List.of("10.0.0.0/8", "::1"),
                                LIMITS,
                                BUDGETS,
                                false,
                                Map.of("project", "apollo"))),
                new ModelCreated(
                        "mdl_1",
                        new ModelEvent.Details(
                                "gpt-4o",
                                List.of(new ModelEvent.Deployment(
                                        "dep_1", "prv_1", "gpt-4o", 3, 1, streams, LIMITS, PRICE)),
                                PRICE,
                                new Routing(Routing.Strategy.LOWEST_COST, List.of("spare"), "header:x-session"),
                                LIMITS,
                                new CacheRule(60))));
    }

    /** Likewise, a third form. */
    static Stream<DomainEvent> third() {
        return Stream.of(new ModelCreated(
                "mdl_1",
                new ModelEvent.Details(
                        "gpt-4o",
                        List.of(new ModelEvent.Deployment("dep_1", "prv_1", "gpt-4o", 3, null, null, null, null)),
                        PRICE,
                        null,
                        null,
                        null,
                        new ModelEvent.Catalog(
                                "Fast and versatile",
                                128_000L,
                                16_384L,
                                List.of("image", "text"),
                                List.of("text"),
                                List.of("structured_output", "tools")))));
    }

    static Stream<Arguments> goldenFiles() {
        return Stream.of(
                        events().map(event -> Arguments.of(file(event), event)),
                        later().map(event -> Arguments.of(name(event) + ".2", event)),
                        third().map(event -> Arguments.of(name(event) + ".3", event)))
                .flatMap(files -> files);
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void theStoredFormIsReadAsTheExpectedEventAndWrittenTheSame(String file, DomainEvent expected) throws IOException {
        var golden = golden(file);
        var stored = new SimpleSerializedObject<>(
                ContractJson.mapper().writeValueAsBytes(golden.get("data")),
                byte[].class,
                golden.get("type").asString(),
                golden.get("revision").asString());

        assertThat(serializer.<byte[], Object>deserialize(stored)).isEqualTo(expected);

        var written = serializer.serialize(expected, byte[].class);
        assertThat(written.getType()).isEqualTo(stored.getType());
        var tree = ContractJson.mapper().readTree(written.getData());
        assertThat(tree.toString()).doesNotContain("\"clear\"");
        PersonalData.open(tree, keys);
        assertThat(tree).isEqualTo(golden.get("data"));
        assertThat(serializer.<byte[], Object>deserialize(written)).isEqualTo(expected);
        assertThat(serializer.serialize(expected, String.class).getData()).isNotBlank();
    }

    /** Events as they were stored under revisions of the past, and what each of them is today. */
    static Stream<Arguments> past() {
        var ann = new Personal("usr_1", "ann");
        return Stream.of(
                Arguments.of(
                        "login.LoginFailed",
                        new LoginFailed("lgn_1", "usr_1", ann, LoginFailed.Reason.WRONG_PASSWORD, 3L)),
                Arguments.of(
                        "login.LoginFailed.none",
                        new LoginFailed("lgn_1", null, null, LoginFailed.Reason.UNKNOWN_USER, null)));
    }

    @ParameterizedTest
    @MethodSource("past")
    void aFormOfThePastIsReadAsTheEventOfToday(String file, DomainEvent expected) throws IOException {
        var golden = golden(file);
        var data = golden.get("data").deepCopy();
        PersonalData.seal(data, keys::obtain);
        var stored = new GenericDomainEventEntry<>(
                "login",
                "lgn_1",
                0,
                "evt_1",
                Instant.EPOCH,
                golden.get("type").asString(),
                golden.get("revision").asString(),
                ContractJson.mapper().writeValueAsBytes(data),
                "{}".getBytes(StandardCharsets.UTF_8));

        var events =
                EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored), serializer, new HistoryUpcaster());

        var event = events.next();
        assertThat(event.getPayload()).isEqualTo(expected);
        // What is published of it is in the form of today too, and as closed as it is stored.
        var published = event.serializePayload(serializer, JsonNode.class);
        assertThat(published.getType()).isEqualTo(serializer.typeForClass(expected.getClass()));
        assertThat(published.getData().toString()).doesNotContain("\"clear\"");
        var open = published.getData().deepCopy();
        PersonalData.open(open, keys);
        assertThat(open)
                .isEqualTo(ContractJson.mapper().readTree(ContractJson.mapper().writeValueAsBytes(expected)));
    }

    @Test
    void everyFormOfThePastHasAGoldenFile() throws IOException {
        var forms = new HashSet<EventHistory.Form>();
        for (var each : past().toList()) {
            var golden = golden((String) each.get()[0]);
            forms.add(new EventHistory.Form(
                    golden.get("type").asString(), golden.get("revision").asString()));
        }
        assertThat(forms).isEqualTo(EventHistory.past());
    }

    @Test
    void everyEventOfTheCatalogHasAGoldenFile() {
        assertThat(events().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(List.copyOf(EventCatalog.classes()));
        assertThat(EventCatalog.classes()).hasSizeGreaterThanOrEqualTo(24).allSatisfy(type -> assertThat(
                        getClass().getResource("/golden/" + file(EventCatalog.type(type)) + ".json"))
                .as("golden file of " + type.getSimpleName())
                .isNotNull());
    }

    private static String name(DomainEvent event) {
        return EventCatalog.type(event.getClass()).name();
    }

    /** Of the first form of its revision. */
    private static String file(DomainEvent event) {
        return file(EventCatalog.type(event.getClass()));
    }

    private static String file(EventType type) {
        return type.revision().equals("1") ? type.name() : type.name() + ".revision-" + type.revision();
    }

    private static JsonNode golden(String name) throws IOException {
        try (var file = GoldenEventsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file).as("golden file of " + name).isNotNull();
            return ContractJson.mapper().readTree(file);
        }
    }
}
