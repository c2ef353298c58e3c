package io.llmplatform.command.model;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.DisableModel;
import io.llmplatform.command.model.ModelCommand.Edit;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.model.ModelCommand.EnableModel;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ModelEvent.Catalog;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.event.ModelEvent.ModelCreated;
import io.llmplatform.contracts.event.ModelEvent.ModelDisabled;
import io.llmplatform.contracts.event.ModelEvent.ModelEdited;
import io.llmplatform.contracts.event.ModelEvent.ModelEnabled;
import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import java.math.BigDecimal;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final String ID = "mdl_1";
    private static final Price PRICE = new Price("USD", new BigDecimal("2.5"), BigDecimal.TEN, null);
    private static final Deployment FIRST = deployment("dep_1", "gpt-4o", 1);
    private static final Details GPT = new Details("gpt-4o", List.of(FIRST), PRICE, null, null, null);
    private static final Routing ROUTING =
            new Routing(Routing.Strategy.LEAST_BUSY, List.of("spare"), "header:x-session");
    private static final ModelCreated CREATED = new ModelCreated(ID, GPT);

    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<Model> model;

    @BeforeEach
    void fixture() {
        model = new AggregateTestFixture<>(Model.class);
        model.registerInjectableResource(claims);
        claims.claim(NameClaims.Kind.PROVIDER, "mock", "prv_1");
    }

    @Test
    void isCreatedOnKnownProvidersUnderAFreeName() {
        model.givenNoPriorActivity()
                .when(new CreateModel(ID, GPT))
                .expectEvents(CREATED)
                .expectResultMessagePayload(0L);
        model.givenNoPriorActivity()
                .when(new CreateModel("mdl_2", GPT))
                .expectNoEvents()
                .expectException(Refusal.NameTaken.class);
        model.givenNoPriorActivity()
                .when(new CreateModel(
                        "mdl_3",
                        new Details(
                                "other",
                                List.of(new Deployment("d", "prv_x", "u", 1, null, null, null, null)),
                                null,
                                null,
                                null,
                                null)))
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class)
                .expectExceptionMessage("deployments[0].provider_id: no such provider");
    }

    @Test
    void aDeploymentOfTheSameProviderAndUpstreamModelKeepsItsId() {
        var streams = new Condition(null, true, null, null, null);
        var limits = new Limits(null, null, 4);
        model.given(CREATED)
                .when(new EditModel(
                        ID,
                        0L,
                        edit(
                                List.of(
                                        new Deployment("dep_8", "prv_1", "gpt-4o", 5, 2, streams, limits, PRICE),
                                        deployment("dep_9", "gpt-4o-mini", 1)),
                                new Change.Clear<>(),
                                Change.keep())))
                .expectEvents(new ModelEdited(
                        ID,
                        GPT,
                        new Details(
                                "gpt-4o",
                                List.of(
                                        new Deployment("dep_1", "prv_1", "gpt-4o", 5, 2, streams, limits, PRICE),
                                        deployment("dep_9", "gpt-4o-mini", 1)),
                                null,
                                null,
                                null,
                                null)))
                .expectResultMessagePayload(1L);
    }

    @Test
    void routingLimitsAndCacheAreSetAndCleared() {
        var routed =
                new Details("gpt-4o", List.of(FIRST), PRICE, ROUTING, new Limits(5L, null, null), new CacheRule(60));
        model.given(CREATED)
                .when(new EditModel(
                        ID,
                        null,
                        new Edit(
                                Change.keep(),
                                Change.keep(),
                                Change.to(ROUTING),
                                Change.to(new Limits(5L, null, null)),
                                Change.to(new CacheRule(60)),
                                Change.keep())))
                .expectEvents(new ModelEdited(ID, GPT, routed));
        model.given(new ModelCreated(ID, routed))
                .when(new EditModel(
                        ID,
                        null,
                        new Edit(
                                Change.keep(),
                                Change.keep(),
                                new Change.Clear<>(),
                                new Change.Clear<>(),
                                new Change.Clear<>(),
                                Change.keep())))
                .expectEvents(new ModelEdited(ID, routed, GPT));
    }

    @Test
    void theCatalogueEntryIsSetReplacedAndCleared() {
        var entry = new Catalog("Fast", 128_000L, 16_384L, List.of("image", "text"), List.of("text"), List.of("tools"));
        var told = new Details("gpt-4o", List.of(FIRST), PRICE, null, null, null, entry);
        model.given(CREATED)
                .when(new EditModel(ID, 0L, catalog(Change.to(entry))))
                .expectEvents(new ModelEdited(ID, GPT, told));
        model.given(new ModelCreated(ID, told))
                .when(new EditModel(ID, 0L, catalog(Change.to(entry))))
                .expectNoEvents();
        model.given(CREATED, new ModelEdited(ID, GPT, told))
                .when(new EditModel(ID, 1L, catalog(new Change.Clear<>())))
                .expectEvents(new ModelEdited(ID, told, GPT));
    }

    private static Edit catalog(Change<Catalog> change) {
        return new Edit(Change.keep(), Change.keep(), Change.keep(), Change.keep(), Change.keep(), change);
    }

    @Test
    void isNotItsOwnFallback() {
        var itself = new Routing(null, List.of("spare", "gpt-4o"), null);
        model.givenNoPriorActivity()
                .when(new CreateModel(ID, new Details("gpt-4o", List.of(FIRST), null, itself, null, null)))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class);
        model.given(CREATED)
                .when(new EditModel(ID, null, edit(List.of(FIRST), Change.keep(), Change.to(itself))))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class);
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        model.given(CREATED)
                .when(new EditModel(
                        ID,
                        null,
                        edit(List.of(deployment("dep_9", "gpt-4o", 1)), Change.to(PRICE), new Change.Clear<>())))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        model.given(CREATED).when(new DisableModel(ID, null)).expectEvents(new ModelDisabled(ID));
        model.given(CREATED, new ModelDisabled(ID))
                .when(new DisableModel(ID, null))
                .expectNoEvents();
        model.given(CREATED, new ModelDisabled(ID))
                .when(new EnableModel(ID, 1L))
                .expectEvents(new ModelEnabled(ID));
        model.given(CREATED).when(new EnableModel(ID, 3L)).expectNoEvents().expectException(Refusal.StaleVersion.class);
    }

    private static Deployment deployment(String id, String upstreamModel, int weight) {
        return new Deployment(id, "prv_1", upstreamModel, weight, null, null, null, null);
    }

    private static Edit edit(List<Deployment> deployments, Change<Price> price, Change<Routing> routing) {
        return new Edit(Change.to(deployments), price, routing, Change.keep(), Change.keep(), Change.keep());
    }
}
