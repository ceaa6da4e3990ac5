"""A write-up of ours, in the shape of a pasted page, with people, places and projects that do not exist."""

WRITEUP = """\
Share this page
Seven ways to name a spreadsheet
Our colleague Moss Harker has read ten thousand file names, so that you need not.
27 May 2031
Data Bites 71, the 71st overall, was about food and how to count it. We heard about cheese, orchards and school dinners.
Four speakers get eight minutes each. May’s evening was the twenty-second Data Bites hosted by Harbour House, after 49 \
events at the Quayside Institute.
Watch on YouTube: https://www.youtube.com/watch?v=abc123
0:00 Welcome
3:20 Odile Farrow: counting cheese
27:05 – Questions to Ravi Penhale
Odile Farrow, Head of Dairy Data at the Department for Curds, Whey and Rural Affairs, presented on the national cheese \
register, which opened in March. You can see the register here.
Odile has answered our standard questions and some questions from the chat:
Can you summarise your project in a few sentences?
We count cheeses.
Each of them has a number.
What problem are you trying to solve?
Nobody knew how many there were:
too many lists
too many names for one cheese
no list that was whole.
1. WHAT DIFFERENCE WILL IT MAKE TO CITIZENS
• Shorter queues
• Better cheese
How will you know when it's succeeded? When the queue is short.
What are the main hurdles?
If you could change one thing about data in government, what would it be?
One address for one dairy.
Slides: https://example.org/cheese.pdf
The register: https://example.org/register
Questions from the chat:
Is a yoghurt a cheese?
No.
It never was.
What is next?
Odile said that goats are next.
How many cheeses are there?
Ravi Penhale, Director, Orchard Trust, and Wen Abara, Data Lead, Borough of Lower Fenwick, joined us from Fenwick to \
talk about how they map old orchards. Ravi encouraged everyone to plant a tree, and email trees@example.org by then.
The map closes on 3 June 2031 for corrections.
Can you summarise your project in a few sentences?
We map trees.
Can you summarise your project in a few sentences?
We said so already.
Useful links:
The orchard map: https://example.org/orchards
Ravi was also asked about pears. He likes them.
If you’d like to keep up to date with Data Bites, sign up on this page.
Have a good summer.
Related content
What is a dairy?
"""
