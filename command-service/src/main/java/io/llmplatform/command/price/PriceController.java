package io.llmplatform.command.price;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.price.PriceBookCommand.AddPrice;
import io.llmplatform.command.price.PriceBookCommand.CorrectPrice;
import io.llmplatform.contracts.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code prices}. */
@RestController
@RequestMapping("/api/admin/v1/prices")
class PriceController {
    private static final Pattern MODEL_ID = Pattern.compile("^mdl_[A-Za-z0-9_]{1,60}$");

    private final Commands commands;
    private final Clock clock;

    PriceController(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<Written> add(Caller caller, @RequestBody NewPrice body) {
        var errors = new FieldErrors().present("model_id", body.modelId).matches("model_id", body.modelId, MODEL_ID);
        RatesInput.check(errors, body.rates);
        errors.throwIfAny();
        var modelId = Objects.requireNonNull(body.modelId);
        var bookId = bookOf(modelId);
        return commands.create(
                caller,
                bookId,
                new AddPrice(bookId, modelId, instant(body.effectiveFrom), RatesInput.rates(body.rates), now()));
    }

    @PostMapping("/{id}/correct")
    ResponseEntity<Written> correct(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Correction body) {
        var errors = new FieldErrors().present("corrects", body.corrects);
        RatesInput.check(errors, body.rates);
        errors.throwIfAny();
        return commands.change(
                caller,
                Commands.id(Ids.Kind.PRICE_BOOK, id),
                new CorrectPrice(
                        id,
                        IfMatch.version(ifMatch),
                        Objects.requireNonNull(body.corrects),
                        instant(body.effectiveFrom),
                        RatesInput.rates(body.rates),
                        now()));
    }

    /** A model has one book, so its id follows from the model's: nobody can make two. */
    private static String bookOf(String modelId) {
        return Ids.Kind.PRICE_BOOK.prefix()
                + modelId.substring(Ids.Kind.MODEL.prefix().length());
    }

    /** In the resolution of every store that it goes through. */
    private static @Nullable Instant instant(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    record NewPrice(
            @Nullable String modelId,
            @Nullable Instant effectiveFrom,
            @Nullable RatesInput rates) {}

    record Correction(
            @Nullable Integer corrects,
            @Nullable Instant effectiveFrom,
            @Nullable RatesInput rates) {}
}
