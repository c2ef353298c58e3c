package io.llmplatform.command.price;

import io.llmplatform.command.claim.FakeClaims;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.price.PriceBookCommand.AddPrice;
import io.llmplatform.command.price.PriceBookCommand.CorrectPrice;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionAdded;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionCorrected;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PriceBookTest {
    private static final String BOOK = "prc_1";
    private static final Instant NOW = Instant.parse("2027-01-10T12:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2027-02-01T00:00:00Z");
    private static final PriceVersion FIRST = new PriceVersion(1, NOW.minus(Duration.ofDays(5)), rates("2"), null);
    private static final PriceVersion COMING = new PriceVersion(2, NEXT_MONTH, rates("3"), null);

    private final FakeClaims claims = new FakeClaims();
    private AggregateTestFixture<PriceBook> book;

    @BeforeEach
    void fixture() {
        book = new AggregateTestFixture<>(PriceBook.class);
        book.registerInjectableResource(claims);
        claims.claim(NameClaims.Kind.MODEL, "gpt-4o", "mdl_1");
    }

    @Test
    void theFirstPriceMakesTheBookAndHoldsFromNowOn() {
        book.givenNoPriorActivity()
                .when(add(null, "2"))
                .expectEvents(added(new PriceVersion(1, NOW, rates("2"), null)))
                .expectResultMessagePayload(0L);
        book.givenNoPriorActivity()
                .when(new AddPrice(BOOK, "mdl_x", null, rates("2"), NOW))
                .expectNoEvents()
                .expectException(Refusal.UnknownReference.class);
    }

    @Test
    void aPriceMayComeLaterAndIsNumberedInTheOrderOfItsRecording() {
        book.given(added(FIRST), added(COMING))
                .when(add(NEXT_MONTH.minusSeconds(1), "2.5"))
                .expectEvents(added(new PriceVersion(3, NEXT_MONTH.minusSeconds(1), rates("2.5"), null)));
    }

    @Test
    void noPriceBeginsInThePastOrWhenAnotherOneDoes() {
        book.given(added(FIRST))
                .when(add(NOW.minusSeconds(61), "3"))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class)
                .expectExceptionMessage("effective_from: must not be in the past");
        book.given(added(FIRST), added(COMING))
                .when(add(NEXT_MONTH, "4"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class)
                .expectExceptionMessage("version 2 begins at that moment; correct it instead");
    }

    @Test
    void whatHoldsAnywayIsNoEvent() {
        book.given(added(FIRST))
                .when(add(NOW.plusSeconds(5), "2"))
                .expectNoEvents()
                .expectResultMessagePayload(0L);
    }

    @Test
    void aCorrectionStandsInForTheWrongVersionAndKeepsItsBeginning() {
        var right = new PriceVersion(3, FIRST.effectiveFrom(), rates("2.2"), 1);
        book.given(added(FIRST), added(COMING))
                .when(new CorrectPrice(BOOK, 1L, 1, null, rates("2.2"), NOW))
                .expectEvents(corrected(FIRST, right))
                .expectResultMessagePayload(2L);
        book.given(added(FIRST), added(COMING), corrected(FIRST, right))
                .when(new CorrectPrice(BOOK, null, 3, null, rates("2.2"), NOW))
                .expectNoEvents();
        book.given(added(FIRST), corrected(FIRST, new PriceVersion(2, FIRST.effectiveFrom(), rates("9"), 1)))
                .when(new CorrectPrice(BOOK, null, 1, null, rates("2"), NOW))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class)
                .expectExceptionMessage("version 1 is corrected by version 2 already; correct that one");
    }

    @Test
    void aCorrectionMayMoveTheBeginningButNotIntoThePastNorOntoAnother() {
        var later = NEXT_MONTH.plus(Duration.ofDays(7));
        book.given(added(FIRST), added(COMING))
                .when(new CorrectPrice(BOOK, null, 2, later, rates("3"), NOW))
                .expectEvents(corrected(COMING, new PriceVersion(3, later, rates("3"), 2)));
        book.given(added(FIRST), added(COMING))
                .when(new CorrectPrice(BOOK, null, 2, NOW.minus(Duration.ofDays(1)), rates("3"), NOW))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class);
        book.given(added(FIRST), added(COMING))
                .when(new CorrectPrice(BOOK, null, 1, NEXT_MONTH, rates("2"), NOW))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        book.given(added(FIRST))
                .when(new CorrectPrice(BOOK, null, 7, null, rates("2"), NOW))
                .expectNoEvents()
                .expectException(Refusal.Invalid.class);
        book.given(added(FIRST))
                .when(new CorrectPrice(BOOK, 5L, 1, null, rates("9"), NOW))
                .expectNoEvents()
                .expectException(Refusal.StaleVersion.class);
    }

    @Test
    void onlySoManyMayBeStillToCome() {
        var coming = IntStream.rangeClosed(1, 50)
                .mapToObj(n -> added(new PriceVersion(n, NEXT_MONTH.plusSeconds(n), rates("" + n), null)))
                .toList();
        book.given(coming)
                .when(add(NEXT_MONTH.plusSeconds(100), "7"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
        book.given(coming).when(add(null, "7")).expectEvents(added(new PriceVersion(51, NOW, rates("7"), null)));
    }

    private static AddPrice add(Instant from, String input) {
        return new AddPrice(BOOK, "mdl_1", from, rates(input), NOW);
    }

    private static PriceVersionAdded added(PriceVersion version) {
        return new PriceVersionAdded(BOOK, "mdl_1", "gpt-4o", version);
    }

    private static PriceVersionCorrected corrected(PriceVersion before, PriceVersion after) {
        return new PriceVersionCorrected(BOOK, "mdl_1", "gpt-4o", before, after);
    }

    private static Rates rates(String input) {
        return new Price("USD", new BigDecimal(input), BigDecimal.TEN, null).toRates();
    }
}
