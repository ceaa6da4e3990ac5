/* Reads a calendar from standard input with libical. Prints each event's UID, SEQUENCE, start and end in seconds since
   1970 and its summary, then the number of errors: of the text, and of RFC 5545's rules where there is no METHOD. */
#include <libical/ical.h>
#include <stdio.h>

static char text[1 << 24];

static long seconds(icalproperty *property, icalcomponent *calendar) {
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    struct icaltimetype moment = icalvalue_get_datetime(icalproperty_get_value(property));
    icaltimezone *zone = tzid ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid)) : NULL;
    return icaltime_as_timet_with_zone(moment, zone ? zone : icaltimezone_get_utc_timezone());
}

int main(void) {
    text[fread(text, 1, sizeof text - 1, stdin)] = '\0';
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar) return 1;
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        long start = seconds(icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY), calendar);
        long end = seconds(icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY), calendar);
        printf("%s\t%d\t%ld\t%ld\t%s\n", icalcomponent_get_uid(event), icalcomponent_get_sequence(event), start, end,
               icalcomponent_get_summary(event));
    }
    printf("%d\n", icalcomponent_count_errors(calendar));
    return 0;
}
