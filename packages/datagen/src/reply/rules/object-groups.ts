/**
 * Everyday objects, one per line: a name, then its synonyms and narrower names. The first 80 are COCO's categories; a text
 * that names any word of a line knows the object of the line. Words that are mostly used otherwise (orange, light) are
 * left out. A name after ~ makes its object known but asserts none: it often means something else, or nobody in particular.
 */
export const objectGroups = `
person, ~people, man, woman, boy, girl, child, children, kid, baby, toddler, infant, lady, guy, gentleman, ~player, rider, skier, surfer, skateboarder, snowboarder, cyclist, bicyclist, biker, motorcyclist, pedestrian, ~passenger, ~driver, chef, cook, waiter, batter, pitcher, catcher, umpire, athlete, ~tourist, shopper, ~student, ~teacher, ~worker, officer, policeman, fireman, soldier, ~couple, ~crowd, ~family, ~friend, ~adult, teenager, ~human, ~individual, ~someone, ~somebody, bride, groom, skater, swimmer, ~spectator, vendor, ~customer, farmer, golfer, hiker, jockey, ~performer, ~team, ~guest, ~owner, ~male, ~female
bicycle, bike, cycle
car, automobile, sedan, suv, jeep, taxi, cab, ~vehicle, minivan, van, hatchback, convertible, limousine
motorcycle, motorbike, moped, scooter, motor bike, dirt bike
airplane, plane, aircraft, jet, airliner, jumbo jet, biplane
bus, double decker, coach
train, locomotive, tram, trolley, subway, streetcar, railway car, train car
truck, lorry, pickup, fire truck, firetruck, semi, trailer, tow truck
boat, ship, canoe, kayak, sailboat, ferry, yacht, raft, rowboat, barge, gondola, vessel
traffic light, stoplight, traffic signal, stop light, street light, streetlight
fire hydrant, hydrant
stop sign, street sign, road sign, sign, traffic sign, signpost
parking meter, ~meter
bench, pew
bird, pigeon, seagull, gull, duck, goose, geese, swan, owl, parrot, eagle, hawk, crow, sparrow, chicken, rooster, hen, flamingo, ostrich, penguin, peacock, heron, turkey, pelican
cat, kitten, kitty, feline
dog, puppy, hound, terrier, retriever, poodle, bulldog, canine, pup, corgi, dalmatian
horse, pony, foal, stallion, mare, colt
sheep, lamb, ram, ewe
cow, cattle, bull, calf, ox, oxen, steer
elephant
bear, polar bear, grizzly, panda
zebra
giraffe
backpack, rucksack, knapsack
umbrella, parasol
handbag, purse, shoulder bag, tote
tie, necktie, bow tie, bowtie
suitcase, luggage, briefcase, baggage
frisbee, disc
ski, skis
snowboard
sports ball, ball, baseball, soccer ball, football, basketball, tennis ball, volleyball
kite
baseball bat, bat
baseball glove, mitt
skateboard
surfboard, surf board
tennis racket, racket, racquet, tennis racquet
bottle, wine bottle, water bottle
wine glass, goblet, champagne glass
cup, mug, glass, tumbler, coffee cup, teacup, glass of water, ~drink, ~coffee, ~tea
fork
knife, knives, blade
spoon, ladle
bowl
banana
apple
sandwich, burger, hamburger, cheeseburger, panini, sub
orange fruit, tangerine, clementine, mandarin
broccoli
carrot
hot dog, hotdog, sausage, frankfurter
pizza
donut, doughnut
cake, cupcake, cheesecake, wedding cake
chair, armchair, stool, recliner, seat, rocking chair, lawn chair, deck chair
couch, sofa, loveseat, settee, futon
potted plant, houseplant, house plant, plant, flower pot
bed, mattress, bunk bed, crib
dining table, table, desk, coffee table, countertop, counter, nightstand
toilet, urinal, commode
tv, television, tv set, television set, flat screen, ~screen, monitor
laptop, notebook computer, computer, macbook
mouse, computer mouse
remote, remote control, controller, wii remote
keyboard
cell phone, cellphone, phone, smartphone, mobile phone, telephone, iphone
microwave, microwave oven
oven, stove, range, stovetop, cooktop
toaster, toaster oven
sink, washbasin, basin
refrigerator, fridge, freezer
book, novel, magazine, textbook, newspaper
clock, watch, wristwatch, clock tower
vase
scissors, shears
teddy bear, teddy, stuffed animal, stuffed bear, stuffed toy
hair drier, hair dryer, hairdryer, blow dryer
toothbrush
tree, palm, palm tree, pine, oak, forest, woods
flower, rose, tulip, daisy, sunflower, bouquet
bush, shrub, hedge
fence, railing
window
door, doorway, gate
mirror
curtain, drapes, blinds
pillow, cushion
blanket, quilt, comforter
rug, carpet
lamp, lantern, chandelier
shelf, shelves, bookshelf, bookcase
cabinet, cupboard, drawer, dresser, wardrobe
fireplace
picture frame, painting, poster, portrait
candle
basket
crate, carton, cardboard box, ~box
bag, sack
plate, saucer, ~dish
tray
pan, frying pan, skillet, pot, wok, kettle
bread, loaf, toast, bun, roll, baguette, bagel
cheese
salad, lettuce
tomato
potato, fries, french fries, chips
rice
soup
egg
meat, steak, bacon, ham, beef, pork
fish, salmon, tuna, goldfish, shark
shrimp, lobster, crab
fruit, grape, strawberry, berry, pear, peach, pineapple, mango, melon, watermelon, lemon, lime, kiwi, cherry
vegetable, pepper, onion, cucumber, zucchini, mushroom, corn, peas, beans
cookie, biscuit, pastry, croissant, pie, dessert, muffin
ice cream
wine
beer
helmet
hat, cap, beanie, cowboy hat
glasses, sunglasses, goggles, eyeglasses
scarf
glove
boot, shoe, sneaker, sandal
camera, tripod
headphones, earphones, headset
speaker, loudspeaker
guitar
piano
drum
microphone
bridge
tower, skyscraper
church, cathedral, temple
castle
statue, sculpture, monument
fountain
flag, banner
balloon
tent
ladder
wheelchair
stroller, pram, baby carriage
shopping cart
wagon, carriage, cart
tractor
helicopter
rocket
mountain, hill, cliff
ocean, sea, beach, shore, coast, ~wave
lake, pond
river, stream, creek
waterfall
snow, ice
bathtub, tub
shower
towel
toilet paper
soap
faucet, tap
trash can, garbage can, bin, dumpster
printer
fan
heater, radiator
pencil, pen, crayon
rope
monkey, ape, gorilla
lion
tiger
deer, moose, elk, antelope
goat
pig
rabbit, bunny
squirrel
snake
turtle, tortoise
frog
butterfly
bee
camel
donkey, mule
kangaroo
wolf
fox
`
