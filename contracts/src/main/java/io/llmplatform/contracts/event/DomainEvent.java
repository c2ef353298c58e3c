package io.llmplatform.contracts.event;

/** A fact about one aggregate. */
public sealed interface DomainEvent
        permits UserEvent,
                TeamEvent,
                ApiKeyEvent,
                ProviderEvent,
                ModelEvent,
                PriceBookEvent,
                PlatformSettingsEvent,
                SavedSearchEvent,
                SigningKeyEvent,
                SessionEvent,
                LoginFailed,
                AttemptEvent,
                ProjectionEvent {}
