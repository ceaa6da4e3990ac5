"""What speakers agree to, in the very words that are kept with their consent."""

from .enums import ConsentTo

CONSENTS = {
    ConsentTo.RECORD: "I agree to being recorded, in sound and picture, and to the recording being published.",
    ConsentTo.SLIDES: "I agree to my slides being published with the talk.",
    ConsentTo.ANSWERS: "I agree to these answers, links and asks being published under my name.",
}
